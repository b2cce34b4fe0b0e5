import MoodValues

/// The calm songs of the standard catalogue, oldest first.
///
/// The columns are those of ``StandardCatalogue/header``; the numbers are editorial estimates.
extension StandardCatalogue {
  static let calm = #"""
    In a Mist,In a Mist,Bix Beiderbecke,,1927,22,0.20,0.40,110,Calm,jazz,zxx
    Mood Indigo,Mood Indigo,Duke Ellington,,1930,40,0.14,0.32,108,Calm,jazz,zxx
    El día que me quieras,El día que me quieras,Carlos Gardel,,1935,46,0.18,0.40,84,Calm,tango,es
    Moonlight Serenade,Moonlight Serenade,Glenn Miller and His Orchestra,,1939,58,0.16,0.34,78,Calm,swing,zxx
    La mer,La mer,Charles Trenet,,1946,57,0.28,0.42,112,Calm,chanson,fr
    La vie en rose,La vie en rose,Édith Piaf,,1947,70,0.22,0.40,80,Calm,chanson,fr
    Nature Boy,Nature Boy,Nat King Cole,,1948,54,0.10,0.22,82,Calm,vocal jazz,en
    Dream a Little Dream of Me,Dream a Little Dream of Me,Ella Fitzgerald and Louis Armstrong,,1950,64,0.12,0.44,78,Calm,vocal jazz,en
    Blue Moon,Billie Holiday Sings,Billie Holiday,,1952,56,0.20,0.50,116,Calm,vocal jazz,en
    Podmoskovnye vechera (Подмосковные вечера),Podmoskovnye vechera (Подмосковные вечера),Vladimir Troshin,,1956,38,0.20,0.32,96,Calm,traditional pop,ru
    Blue in Green,Kind of Blue,Miles Davis,,1959,60,0.05,0.16,56,Calm,jazz,zxx
    Take Five,Time Out,The Dave Brubeck Quartet,,1959,70,0.28,0.58,174,Calm,jazz,zxx
    Sleep Walk,Santo & Johnny,Santo & Johnny,,1959,62,0.26,0.42,74,Calm,instrumental rock,zxx
    Naima,Giant Steps,John Coltrane,,1960,50,0.12,0.22,60,Calm,jazz,zxx
    Il cielo in una stanza,Il cielo in una stanza,Mina,,1960,57,0.30,0.34,92,Calm,pop,it
    Waltz for Debby,Waltz for Debby,Bill Evans Trio,,1962,54,0.16,0.36,130,Calm,jazz,zxx
    Moon River,Moon River and Other Great Movie Themes,Andy Williams,,1962,58,0.20,0.26,88,Calm,traditional pop,en
    The Girl from Ipanema,Getz/Gilberto,Stan Getz and João Gilberto featuring Astrud Gilberto,,1964,68,0.18,0.56,129,Calm,bossa nova,pt
    Sabor a mí,Amor,Eydie Gormé and Los Panchos,,1964,62,0.24,0.52,104,Calm,bolero,es
    Lag Jaa Gale,Woh Kaun Thi?,Lata Mangeshkar,,1964,62,0.24,0.40,100,Calm,filmi,hi
    My Angel (Malaika),An Evening with Belafonte/Makeba,Harry Belafonte and Miriam Makeba,,1965,36,0.14,0.36,86,Calm,folk,sw
    Scarborough Fair/Canticle,"Parsley, Sage, Rosemary and Thyme",Simon & Garfunkel,,1966,61,0.16,0.26,128,Calm,folk,en
    Gracias a la vida,Las últimas composiciones,Violeta Parra,,1966,51,0.20,0.40,116,Calm,nueva canción,es
    What a Wonderful World,What a Wonderful World,Louis Armstrong,,1967,75,0.18,0.32,77,Calm,vocal jazz,en
    Yerushalayim Shel Zahav,Yerushalayim Shel Zahav,Shuli Natan,,1967,30,0.16,0.28,92,Calm,folk,he
    (Sittin' On) The Dock of the Bay,The Dock of the Bay,Otis Redding,,1968,77,0.34,0.52,104,Calm,soul,en
    Albatross,Albatross,Fleetwood Mac,,1968,55,0.18,0.24,124,Calm,blues rock,zxx
    Bridge over Troubled Water,Bridge over Troubled Water,Simon & Garfunkel,,1970,66,0.24,0.24,80,Calm,folk rock,en
    Let It Be,Let It Be,The Beatles,,1970,80,0.38,0.42,72,Calm,rock,en
    Imagine,Imagine,John Lennon,,1971,77,0.26,0.22,76,Calm,soft rock,en
    Morning Has Broken,Teaser and the Firecat,Cat Stevens,,1971,58,0.22,0.50,126,Calm,folk,en
    Pink Moon,Pink Moon,Nick Drake,,1972,60,0.14,0.34,108,Calm,folk,en
    Us and Them,The Dark Side of the Moon,Pink Floyd,,1973,65,0.34,0.26,72,Calm,progressive rock,en
    Águas de Março,Elis & Tom,Elis Regina and Antônio Carlos Jobim,,1974,61,0.24,0.58,142,Calm,bossa nova,pt
    Dreams,Rumours,Fleetwood Mac,,1977,86,0.49,0.66,120,Calm,soft rock,en
    Yueliang daibiao wo de xin (月亮代表我的心),Yueliang daibiao wo de xin (月亮代表我的心),Teresa Teng,,1977,58,0.18,0.30,76,Calm,mandopop,zh
    "Goldberg Variations, BWV 988: Aria",Bach: The Goldberg Variations,Glenn Gould,,1982,57,0.03,0.22,56,Calm,classical,zxx
    An Ending (Ascent),Apollo: Atmospheres and Soundtracks,Brian Eno,,1983,58,0.10,0.08,60,Calm,ambient,zxx
    Merry Christmas Mr. Lawrence,"Merry Christmas, Mr. Lawrence",Ryuichi Sakamoto,,1983,60,0.18,0.24,92,Calm,soundtrack,zxx
    Kawa no Nagare no Yō ni (川の流れのように),Kawa no Nagare no Yō ni,Hibari Misora,,1988,50,0.32,0.34,84,Calm,enka,ja
    Cherry-Coloured Funk,Heaven or Las Vegas,Cocteau Twins,,1990,66,0.50,0.36,88,Calm,dream pop,en
    Harvest Moon,Harvest Moon,Neil Young,,1992,71,0.26,0.44,112,Calm,folk rock,en
    Somewhere over the Rainbow/What a Wonderful World,Facing Future,Israel Kamakawiwoʻole,,1993,70,0.12,0.52,86,Calm,hawaiian,en
    Diaraby,Talking Timbuktu,Ali Farka Touré with Ry Cooder,,1994,40,0.30,0.42,96,Calm,desert blues,bm
    Midnight in a Perfect World,Endtroducing.....,DJ Shadow,,1996,50,0.44,0.28,88,Calm,instrumental hip hop,zxx
    Chan Chan,Buena Vista Social Club,Buena Vista Social Club,,1997,68,0.38,0.54,82,Calm,son cubano,es
    Teardrop,Mezzanine,Massive Attack,,1998,73,0.42,0.26,77,Calm,trip hop,en
    Roygbiv,Music Has the Right to Children,Boards of Canada,,1998,56,0.42,0.40,84,Calm,downtempo,zxx
    Spiegel im Spiegel,Alina,Arvo Pärt,,1999,52,0.02,0.06,70,Calm,classical,zxx
    Svefn-g-englar,Ágætis byrjun,Sigur Rós,,1999,48,0.24,0.08,70,Calm,post-rock,is
    Porcelain,Play,Moby,,1999,67,0.44,0.24,95,Calm,downtempo,en
    Only Time,A Day Without Rain,Enya,,2000,66,0.22,0.24,83,Calm,new age,en
    Avril 14th,Drukqs,Aphex Twin,,2001,66,0.04,0.20,82,Calm,ambient,zxx
    River Flows in You,First Love,Yiruma,,2001,67,0.12,0.24,65,Calm,new age,zxx
    "Comptine d'un autre été, l'après-midi",Le Fabuleux Destin d'Amélie Poulain,Yann Tiersen,,2001,69,0.14,0.18,100,Calm,soundtrack,zxx
    One Summer's Day,Spirited Away,Joe Hisaishi,,2001,60,0.10,0.14,80,Calm,soundtrack,zxx
    Don't Know Why,Come Away with Me,Norah Jones,,2002,73,0.20,0.48,88,Calm,vocal jazz,en
    Velha Infância,Tribalistas,Tribalistas,,2002,66,0.32,0.52,96,Calm,mpb,pt
    Nuvole bianche,Una mattina,Ludovico Einaudi,,2004,66,0.14,0.16,66,Calm,neoclassical,zxx
    Aruarian Dance,Samurai Champloo Music Record: Departure,Nujabes,,2004,67,0.38,0.46,94,Calm,instrumental hip hop,zxx
    Banana Pancakes,In Between Dreams,Jack Johnson,,2005,75,0.34,0.60,114,Calm,folk,en
    Intro,xx,The xx,,2009,69,0.40,0.18,100,Calm,indie pop,zxx
    Bloom,Woodland,The Paper Kites,,2010,68,0.20,0.28,110,Calm,indie folk,en
    Holocene,Bon Iver,Bon Iver,,2011,70,0.30,0.18,148,Calm,indie folk,en
    Weightless,Weightless,Marconi Union,,2011,52,0.08,0.04,60,Calm,ambient,zxx
    Kun Faya Kun,Rockstar,"A. R. Rahman, Javed Ali and Mohit Chauhan",,2011,66,0.40,0.32,104,Calm,qawwali,hi
    Awake,Awake,Tycho,,2014,58,0.56,0.44,88,Calm,downtempo,zxx
    Cornfield Chase,Interstellar,Hans Zimmer,,2014,74,0.14,0.08,96,Calm,soundtrack,zxx
    Sunset Lover,Petit Biscuit,Petit Biscuit,,2015,70,0.44,0.28,91,Calm,downtempo,zxx
    Pink + White,Blonde,Frank Ocean,,2016,84,0.50,0.54,80,Calm,r&b,en
    Best Part,Freudian,Daniel Caesar featuring H.E.R.,,2017,80,0.34,0.42,75,Calm,r&b,en
    Through the Night,Palette,IU,,2017,66,0.20,0.32,92,Calm,k-pop,ko
    Golden Hour,Golden Hour,Kacey Musgraves,,2018,60,0.40,0.44,98,Calm,country,en
    invisible string,Folklore,Taylor Swift,,2020,74,0.30,0.44,83,Calm,indie folk,en
    Snooze,SOS,SZA,,2022,83,0.52,0.40,143,Calm,r&b,en
    """#
}
