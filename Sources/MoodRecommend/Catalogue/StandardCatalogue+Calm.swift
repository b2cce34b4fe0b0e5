import MoodValues

/// The calm songs of the standard catalogue, oldest first.
///
/// The columns are those of ``StandardCatalogue/header``; popularity, energy, valence and
/// tempo are editorial estimates, which `estimated` says.
extension StandardCatalogue {
  static let calm = #"""
    In a Mist,In a Mist,Bix Beiderbecke,5Bk13n28rlG7GYCKDshsQM,1927,163733,22,0.20,0.40,110,Calm,jazz,zxx,true
    Mood Indigo,Mood Indigo,Duke Ellington,77zlKibPvqudmNxMNpAtv6,1930,159773,40,0.14,0.32,108,Calm,jazz,zxx,true
    El día que me quieras,El día que me quieras,Carlos Gardel,6sGfYOW9RUwGDm9xlrzutp,1935,201693,46,0.18,0.40,84,Calm,tango,es,true
    Moonlight Serenade,Moonlight Serenade,Glenn Miller and His Orchestra,3ziJFd6JeioC8Xfct0UXpJ,1939,202760,58,0.16,0.34,78,Calm,swing,zxx,true
    La mer,La mer,Charles Trenet,1ZK8WJqkD1XhEYI1AlkMHG,1946,201000,57,0.28,0.42,112,Calm,chanson,fr,true
    La vie en rose,La vie en rose,Édith Piaf,6RKuyWarJu8SMrflntmyXx,1947,187733,70,0.22,0.40,80,Calm,chanson,fr,true
    Nature Boy,Nature Boy,Nat King Cole,2WMyu5IYgxEuCd6xgFgJrl,1948,173533,54,0.10,0.22,82,Calm,vocal jazz,en,true
    Dream a Little Dream of Me,Dream a Little Dream of Me,Ella Fitzgerald and Louis Armstrong,78MI7mu1LV1k4IA2HzKmHe,1950,185160,64,0.12,0.44,78,Calm,vocal jazz,en,true
    Blue Moon,Billie Holiday Sings,Billie Holiday,1pZn8AX1WulW8IO338hE5D,1952,,56,0.20,0.50,116,Calm,vocal jazz,en,true
    Podmoskovnye vechera (Подмосковные вечера),Podmoskovnye vechera (Подмосковные вечера),Vladimir Troshin,,1956,,38,0.20,0.32,96,Calm,traditional pop,ru,true
    Chega de saudade,Chega de saudade,João Gilberto,,1958,,50,0.36,0.62,118,Calm,bossa nova,pt,true
    Blue in Green,Kind of Blue,Miles Davis,0aWMVrwxPNYkKmFthzmpRi,1959,337000,60,0.05,0.16,56,Calm,jazz,zxx,true
    Take Five,Time Out,The Dave Brubeck Quartet,1YQWosTIljIvxAgHWTp7KP,1959,324133,70,0.28,0.58,174,Calm,jazz,zxx,true
    Sleep Walk,Santo & Johnny,Santo & Johnny,0yK8sWD6cfrc7pGfaPIcZH,1959,145333,62,0.26,0.42,74,Calm,instrumental rock,zxx,true
    Naima,Giant Steps,John Coltrane,1hVRTl4yhWmGW7ImZoO22e,1960,258000,50,0.12,0.22,60,Calm,jazz,zxx,true
    Il cielo in una stanza,Il cielo in una stanza,Mina,,1960,,57,0.30,0.34,92,Calm,pop,it,true
    Waltz for Debby,Waltz for Debby,Bill Evans Trio,1wwhCPdezntYYI3rkyQehy,1962,413267,54,0.16,0.36,130,Calm,jazz,zxx,true
    Moon River,Moon River and Other Great Movie Themes,Andy Williams,24AIahNHzBxm9S12peXbnG,1962,162000,58,0.20,0.26,88,Calm,traditional pop,en,true
    The Girl from Ipanema,Getz/Gilberto,Stan Getz and João Gilberto featuring Astrud Gilberto,7znjbX9XdoQayIrVNdd50Z,1964,320253,68,0.18,0.56,129,Calm,bossa nova,pt,true
    Sabor a mí,Amor,Eydie Gormé and Los Panchos,6rEuD04Lq1biMI9arBsLEK,1964,167107,62,0.24,0.52,104,Calm,bolero,es,true
    Lag Jaa Gale,Woh Kaun Thi?,Lata Mangeshkar,,1964,,62,0.24,0.40,100,Calm,filmi,hi,true
    Fly Me to the Moon,It Might as Well Be Swing,Frank Sinatra and Count Basie,,1964,,70,0.46,0.62,119,Calm,swing,en,true
    My Angel (Malaika),An Evening with Belafonte/Makeba,Harry Belafonte and Miriam Makeba,0eP52OQtijQQzZBXDc923Z,1965,195120,36,0.14,0.36,86,Calm,folk,sw,true
    Scarborough Fair/Canticle,"Parsley, Sage, Rosemary and Thyme",Simon & Garfunkel,3g2fYZW5v2od8KIF7VktT0,1966,190347,61,0.16,0.26,128,Calm,folk,en,true
    Gracias a la vida,Las últimas composiciones,Violeta Parra,,1966,,51,0.20,0.40,116,Calm,nueva canción,es,true
    What a Wonderful World,What a Wonderful World,Louis Armstrong,29U7stRjqHU6rMiS8BfaI9,1967,139227,75,0.18,0.32,77,Calm,vocal jazz,en,true
    Yerushalayim Shel Zahav,Yerushalayim Shel Zahav,Shuli Natan,,1967,,30,0.16,0.28,92,Calm,folk,he,true
    (Sittin' On) The Dock of the Bay,The Dock of the Bay,Otis Redding,4Y4Gd3ty8uut6Qw43c7yJc,1968,166000,77,0.34,0.52,104,Calm,soul,en,true
    Albatross,Albatross,Fleetwood Mac,3IKyTBHZSgCx2v1ZX8v0TZ,1968,191000,55,0.18,0.24,124,Calm,blues rock,zxx,true
    Bridge over Troubled Water,Bridge over Troubled Water,Simon & Garfunkel,6l8EbYRtQMgKOyc1gcDHF9,1970,293120,66,0.24,0.24,80,Calm,folk rock,en,true
    Let It Be,Let It Be,The Beatles,7iN1s7xHE4ifF5povM6A48,1970,243027,80,0.38,0.42,72,Calm,rock,en,true
    Imagine,Imagine,John Lennon,7pKfPomDEeI4TPT6EOYjn9,1971,187867,77,0.26,0.22,76,Calm,soft rock,en,true
    Morning Has Broken,Teaser and the Firecat,Cat Stevens,3BqqF8suAIzW8655yJfcvh,1971,200000,58,0.22,0.50,126,Calm,folk,en,true
    What's Going On,What's Going On,Marvin Gaye,,1971,,69,0.54,0.58,101,Calm,soul,en,true
    Let's Stay Together,Let's Stay Together,Al Green,,1971,,70,0.50,0.62,102,Calm,soul,en,true
    Pink Moon,Pink Moon,Nick Drake,4KROoGIaPaR1pBHPnR3bwC,1972,124000,60,0.14,0.34,108,Calm,folk,en,true
    Walk on the Wild Side,Transformer,Lou Reed,,1972,,68,0.42,0.56,104,Calm,rock,en,true
    Us and Them,The Dark Side of the Moon,Pink Floyd,1TKTiKp3zbNgrBH2IwSwIx,1973,469224,65,0.34,0.26,72,Calm,progressive rock,en,true
    Águas de Março,Elis & Tom,Elis Regina and Antônio Carlos Jobim,33k6iSq1SIVBOaXE898Jv1,1974,185773,61,0.24,0.58,142,Calm,bossa nova,pt,true
    Rikki Don't Lose That Number,Pretzel Logic,Steely Dan,,1974,,60,0.52,0.62,116,Calm,soft rock,en,true
    Dreams,Rumours,Fleetwood Mac,0ofHAoxe9vBkTCp2UQIavz,1977,257800,86,0.49,0.66,120,Calm,soft rock,en,true
    Yueliang daibiao wo de xin (月亮代表我的心),Yueliang daibiao wo de xin (月亮代表我的心),Teresa Teng,,1977,,58,0.18,0.30,76,Calm,mandopop,zh,true
    Just the Two of Us,Winelight,Grover Washington Jr. featuring Bill Withers,,1980,,70,0.46,0.62,96,Calm,soul,en,true
    "Goldberg Variations, BWV 988: Aria",Bach: The Goldberg Variations,Glenn Gould,,1982,,57,0.03,0.22,56,Calm,classical,zxx,true
    An Ending (Ascent),Apollo: Atmospheres and Soundtracks,Brian Eno,1vgSaC0BPlL6LEm4Xsx59J,1983,266200,58,0.10,0.08,60,Calm,ambient,zxx,true
    Merry Christmas Mr. Lawrence,"Merry Christmas, Mr. Lawrence",Ryuichi Sakamoto,1fZfWWyKFBKYyB0DpUDfqd,1983,276600,60,0.18,0.24,92,Calm,soundtrack,zxx,true
    Smooth Operator,Diamond Life,Sade,,1984,,68,0.52,0.60,119,Calm,soul,en,true
    Tom's Diner,Solitude Standing,Suzanne Vega,,1987,,56,0.40,0.56,100,Calm,folk pop,en,true
    Kawa no Nagare no Yō ni (川の流れのように),Kawa no Nagare no Yō ni,Hibari Misora,,1988,,50,0.32,0.34,84,Calm,enka,ja,true
    Cherry-Coloured Funk,Heaven or Las Vegas,Cocteau Twins,6sVQNUvcVFTXvlk3ec0ngd,1990,192467,66,0.50,0.36,88,Calm,dream pop,en,true
    Harvest Moon,Harvest Moon,Neil Young,5l9c6bJmzvftumhz4TMPgk,1992,303213,71,0.26,0.44,112,Calm,folk rock,en,true
    Somewhere over the Rainbow/What a Wonderful World,Facing Future,Israel Kamakawiwoʻole,25U7raB3ZSszayTYClh4hF,1993,308026,70,0.12,0.52,86,Calm,hawaiian,en,true
    Foule sentimentale,C'est déjà ça,Alain Souchon,,1993,,54,0.48,0.54,98,Calm,chanson,fr,true
    Diaraby,Talking Timbuktu,Ali Farka Touré with Ry Cooder,1WmRNq13XPvbmIRcZljM3D,1994,446827,40,0.30,0.42,96,Calm,desert blues,bm,true
    Midnight in a Perfect World,Endtroducing.....,DJ Shadow,1z6zJqayfsAiiYtQ3minb7,1996,,50,0.44,0.28,88,Calm,instrumental hip hop,zxx,true
    Chan Chan,Buena Vista Social Club,Buena Vista Social Club,5sbw5zIz9ck2pOEDXUR0QU,1997,256653,68,0.38,0.54,82,Calm,son cubano,es,true
    Teardrop,Mezzanine,Massive Attack,67Hna13dNDkZvBpTXRIaOJ,1998,330773,73,0.42,0.26,77,Calm,trip hop,en,true
    Roygbiv,Music Has the Right to Children,Boards of Canada,5Hf2h59YLInKlic7ooWZVd,1998,149080,56,0.42,0.40,84,Calm,downtempo,zxx,true
    Spiegel im Spiegel,Alina,Arvo Pärt,7e65IFpNYP1HAK4hYL1vZi,1999,510067,52,0.02,0.06,70,Calm,classical,zxx,true
    Svefn-g-englar,Ágætis byrjun,Sigur Rós,07eGxuz8bL6QMsRqEe1Adu,1999,,48,0.24,0.08,70,Calm,post-rock,is,true
    Porcelain,Play,Moby,2UKYMN7VnsQo40n0qCt6Sa,1999,241173,67,0.44,0.24,95,Calm,downtempo,en,true
    Only Time,A Day Without Rain,Enya,6FLwmdmW77N1Pxb1aWsZmO,2000,218547,66,0.22,0.24,83,Calm,new age,en,true
    Avril 14th,Drukqs,Aphex Twin,2MZSXhq4XDJWu6coGoXX1V,2001,125520,66,0.04,0.20,82,Calm,ambient,zxx,true
    River Flows in You,First Love,Yiruma,2agBDIr9MYDUducQPC1sFU,2001,188786,67,0.12,0.24,65,Calm,new age,zxx,true
    "Comptine d'un autre été, l'après-midi",Le Fabuleux Destin d'Amélie Poulain,Yann Tiersen,14rZjW3RioG7WesZhYESso,2001,140733,69,0.14,0.18,100,Calm,soundtrack,zxx,true
    One Summer's Day,Spirited Away,Joe Hisaishi,,2001,,60,0.10,0.14,80,Calm,soundtrack,zxx,true
    Don't Know Why,Come Away with Me,Norah Jones,1zNXF2svmdlNxfS5XeNUgr,2002,186251,73,0.20,0.48,88,Calm,vocal jazz,en,true
    Velha Infância,Tribalistas,Tribalistas,,2002,,66,0.32,0.52,96,Calm,mpb,pt,true
    Nuvole bianche,Una mattina,Ludovico Einaudi,3weNRklVDqb4Rr5MhKBR3D,2004,357706,66,0.14,0.16,66,Calm,neoclassical,zxx,true
    Aruarian Dance,Samurai Champloo Music Record: Departure,Nujabes,,2004,,67,0.38,0.46,94,Calm,instrumental hip hop,zxx,true
    Banana Pancakes,In Between Dreams,Jack Johnson,451GvHwY99NKV4zdKPRWmv,2005,191906,75,0.34,0.60,114,Calm,folk,en,true
    Intro,xx,The xx,0bXpmJyHHYPk6QBFj25bYF,2009,127920,69,0.40,0.18,100,Calm,indie pop,zxx,true
    Bloom,Woodland,The Paper Kites,1HMQmOWrkieKYWlFsjUP3D,2010,210080,68,0.20,0.28,110,Calm,indie folk,en,true
    Holocene,Bon Iver,Bon Iver,4fbvXwMTXPWaFyaMWUm9CR,2011,336000,70,0.30,0.18,148,Calm,indie folk,en,true
    Weightless,Weightless,Marconi Union,6kkwzB6hXLIONkEk9JciA6,2011,480106,52,0.08,0.04,60,Calm,ambient,zxx,true
    Kun Faya Kun,Rockstar,"A. R. Rahman, Javed Ali and Mohit Chauhan",,2011,,66,0.40,0.32,104,Calm,qawwali,hi,true
    Awake,Awake,Tycho,2qC1sUo8xxRRqYsaYEdDuZ,2014,283636,58,0.56,0.44,88,Calm,downtempo,zxx,true
    Cornfield Chase,Interstellar,Hans Zimmer,6pWgRkpqVfxnj3WuIcJ7WP,2014,126959,74,0.14,0.08,96,Calm,soundtrack,zxx,true
    Sunset Lover,Petit Biscuit,Petit Biscuit,0hNduWmlWmEmuwEFcYvRu1,2015,237793,70,0.44,0.28,91,Calm,downtempo,zxx,true
    Pink + White,Blonde,Frank Ocean,3xKsf9qdS1CyvXSMEid6g8,2016,184516,84,0.50,0.54,80,Calm,r&b,en,true
    Best Part,Freudian,Daniel Caesar featuring H.E.R.,1RMJOxR6GRPsBHL8qeC2ux,2017,209831,80,0.34,0.42,75,Calm,r&b,en,true
    Through the Night,Palette,IU,,2017,,66,0.20,0.32,92,Calm,k-pop,ko,true
    Passionfruit,More Life,Drake,,2017,,70,0.48,0.50,112,Calm,r&b,en,true
    Golden Hour,Golden Hour,Kacey Musgraves,0pMfPzdRiPAoSM9yWF4OcT,2018,198000,60,0.40,0.44,98,Calm,country,en,true
    Texas Sun,Texas Sun,Khruangbin and Leon Bridges,,2019,,64,0.50,0.54,94,Calm,soul,en,true
    invisible string,Folklore,Taylor Swift,6VsvKPJ4xjVNKpI8VVZ3SV,2020,252880,74,0.30,0.44,83,Calm,indie folk,en,true
    Snooze,SOS,SZA,4iZ4pt7kvcaH6Yo8UoZ4s2,2022,201800,83,0.52,0.40,143,Calm,r&b,en,true
    """#
}
