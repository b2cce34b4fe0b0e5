/// The sad songs of the standard catalogue, oldest first.
///
/// The columns are those of ``StandardCatalogue/header``; popularity, energy, valence and
/// tempo are editorial estimates, which `estimated` says.
extension StandardCatalogue {
  static let sad = #"""
    St. Louis Blues,St. Louis Blues,Bessie Smith,50zXyjVdFb3xAr3hnyYYn1,1925,189600,34,0.16,0.30,68,Sad,blues,en,true
    "Dark Was the Night, Cold Was the Ground","Dark Was the Night, Cold Was the Ground",Blind Willie Johnson,2P9nh9pTK96dE0b6NBbTSs,1928,198560,38,0.08,0.12,70,Sad,blues,zxx,true
    Adiós muchachos,Adiós muchachos,Carlos Gardel,,1928,,33,0.20,0.36,116,Sad,tango,es,true
    Nobody Knows You When You're Down and Out,Nobody Knows You When You're Down and Out,Bessie Smith,2wAfHM7Whz67VFbdanhZlk,1929,177133,42,0.16,0.32,88,Sad,blues,en,true
    Love in Vain,Love in Vain,Robert Johnson,,1939,,40,0.18,0.30,92,Sad,blues,en,true
    Lili Marleen,Lili Marleen,Lale Andersen,,1939,,34,0.18,0.34,104,Sad,traditional pop,de,true
    I'll Never Smile Again,I'll Never Smile Again,Tommy Dorsey and His Orchestra with Frank Sinatra,2Pi0rY9FcbaecqO0AyhXbu,1940,189466,36,0.08,0.16,76,Sad,swing,en,true
    I'll Be Seeing You,I'll Be Seeing You,Billie Holiday,4smkJW6uzoHxGReZqqwHS5,1944,211000,56,0.08,0.18,70,Sad,vocal jazz,en,true
    I'm So Lonesome I Could Cry,I'm So Lonesome I Could Cry,Hank Williams,3l49MeO0nNZhBj1IfYWB5w,1949,166000,57,0.16,0.26,112,Sad,country,en,true
    In the Wee Small Hours of the Morning,In the Wee Small Hours,Frank Sinatra,,1955,,50,0.06,0.12,72,Sad,vocal jazz,en,true
    Ne me quitte pas,La Valse à mille temps,Jacques Brel,,1959,,58,0.14,0.14,78,Sad,chanson,fr,true
    Crazy,Showcase,Patsy Cline,3zpj9dvJABiyMrmLCPw6i8,1961,164573,67,0.20,0.30,72,Sad,country,en,true
    Crying,Crying,Roy Orbison,6eLL7QTdMWdhhG4i3jHDR9,1961,166467,55,0.32,0.30,98,Sad,pop,en,true
    Ue o Muite Arukō (上を向いて歩こう),Ue o Muite Arukō (上を向いて歩こう),Kyu Sakamoto,6meIeOX3DHdaCnaNw67abE,1961,189520,57,0.36,0.58,126,Sad,kayōkyoku,ja,true
    Estranha forma de vida,Busto,Amália Rodrigues,,1962,,44,0.20,0.22,88,Sad,fado,pt,true
    Satumaa,Satumaa,Reijo Taipale,,1962,,32,0.32,0.28,118,Sad,tango,fi,true
    Yesterday,Help!,The Beatles,3BQHpFgAp4l80e1XslIjNI,1965,125667,78,0.18,0.32,97,Sad,rock,en,true
    The Tracks of My Tears,Going to a Go-Go,The Miracles,6QyQmdvQ1ywNccYa0pwLNQ,1965,174000,62,0.44,0.44,96,Sad,soul,en,true
    The Sound of Silence,Sounds of Silence,Simon & Garfunkel,,1965,,74,0.40,0.34,108,Sad,folk rock,en,true
    La bohème,La Bohème,Charles Aznavour,2o0hVSbnkdvDDKKVNaUxnB,1965,245187,60,0.32,0.26,88,Sad,chanson,fr,true
    Eleanor Rigby,Revolver,The Beatles,5GjPQ0eI7AgmOnADn1EO6Q,1966,126533,69,0.30,0.60,138,Sad,rock,en,true
    Al Atlal,Al Atlal,Umm Kulthum,,1966,,40,0.28,0.24,84,Sad,tarab,ar,true
    I'd Rather Go Blind,Tell Mama,Etta James,1kPBT8S2wJFNAyBMnGVZgL,1967,156653,62,0.32,0.38,88,Sad,soul,en,true
    Dziwny jest ten świat,Dziwny jest ten świat,Czesław Niemen,,1967,,42,0.42,0.22,72,Sad,soul,pl,true
    Alfonsina y el mar,Mujeres argentinas,Mercedes Sosa,,1969,,51,0.16,0.16,96,Sad,nueva canción,es,true
    Gyöngyhajú lány,10 000 lépés,Omega,,1969,,48,0.46,0.34,96,Sad,rock,hu,true
    Ain't No Sunshine,Just As I Am,Bill Withers,1k1Bqnv2R0uJXQN4u6LKYt,1971,125000,77,0.40,0.40,78,Sad,soul,en,true
    Avec le temps,Avec le temps,Léo Ferré,4cncK4CmE3lW8DMCsj2494,1971,264267,48,0.14,0.10,70,Sad,chanson,fr,true
    Construção,Construção,Chico Buarque,3FIuBxOxuQ6kYy8JO0gq2a,1971,383627,54,0.48,0.30,96,Sad,mpb,pt,true
    Cat's in the Cradle,Verities & Balderdash,Harry Chapin,6hLqEJg2GnnDG4W0Y64hyD,1974,212000,60,0.42,0.40,76,Sad,folk rock,en,true
    Wish You Were Here,Wish You Were Here,Pink Floyd,6mFkJmJqdDVQ1REhVfGgd1,1975,334743,80,0.30,0.36,122,Sad,progressive rock,en,true
    Love Will Tear Us Apart,Love Will Tear Us Apart,Joy Division,2JO3HwMRPeya8bXbtbyPcf,1980,,71,0.78,0.50,147,Sad,post-punk,en,true
    The Winner Takes It All,Super Trouper,ABBA,3oEkrIfXfSh9zGnE7eBzSV,1980,294720,75,0.62,0.46,126,Sad,pop,en,true
    Purple Rain,Purple Rain,Prince and the Revolution,54X78diSLoUDI3joC2bjMz,1984,520787,73,0.45,0.20,113,Sad,rock,en,true
    Careless Whisper,Make It Big,George Michael,4jDmJ51x1o9NZB5Nxxc7gY,1984,300106,82,0.50,0.50,77,Sad,pop,en,true
    Amor eterno,"Canta a Juan Gabriel, volumen 6",Rocío Dúrcal,2TC4v9YiuQYk3Tk8RH7fV4,1984,409000,63,0.34,0.22,94,Sad,ranchera,es,true
    Caruso,DallAmeriCaruso,Lucio Dalla,,1986,,60,0.38,0.20,76,Sad,singer-songwriter,it,true
    Asimbonanga (Mandela),Third World Child,Johnny Clegg & Savuka,,1987,,45,0.50,0.40,98,Sad,afropop,zu,true
    Fast Car,Tracy Chapman,Tracy Chapman,2M9ro2krNb7nr7HSprkEgo,1988,296800,82,0.30,0.40,104,Sad,folk,en,true
    Almeno tu nell'universo,Martini Mia,Mia Martini,,1989,,58,0.40,0.20,72,Sad,pop,it,true
    Nothing Compares 2 U,I Do Not Want What I Haven't Got,Sinéad O'Connor,3nvuPQTw2zuFAVuLsC9IYQ,1990,280040,72,0.50,0.16,119,Sad,pop,en,true
    Black,Ten,Pearl Jam,5Xak5fmy089t0FYmh3VJiY,1991,342653,74,0.55,0.24,77,Sad,grunge,en,true
    I Can't Make You Love Me,Luck of the Draw,Bonnie Raitt,69uJi5QsBtqlYkGURTBli8,1991,332960,65,0.20,0.16,126,Sad,soft rock,en,true
    Gülümse,Gülümse,Sezen Aksu,,1991,,54,0.40,0.34,86,Sad,turkish pop,tr,true
    Tears in Heaven,Rush,Eric Clapton,1kgdslQYmeTR4thk9whoRw,1992,271760,73,0.22,0.30,78,Sad,soft rock,en,true
    Everybody Hurts,Automatic for the People,R.E.M.,6PypGyiu0Y2lCDBN1XZEnP,1992,320267,70,0.34,0.22,94,Sad,alternative rock,en,true
    Sodade,Miss Perfumado,Cesária Évora,7xzMrUmlooPa1Fmp88hlYc,1992,293640,52,0.32,0.40,100,Sad,morna,kea,true
    Hallelujah,Grace,Jeff Buckley,3pRaLNL3b8x5uBOcsgvdqM,1994,413826,74,0.20,0.10,97,Sad,alternative rock,en,true
    Roads,Dummy,Portishead,2sW8fmnISifQTRgnRrQTYW,1994,303973,68,0.26,0.10,78,Sad,trip hop,en,true
    Nutshell,Jar of Flies,Alice in Chains,2JuasWPUodaUxf5nwNpciQ,1994,259200,70,0.40,0.20,120,Sad,grunge,en,true
    7 Seconds,The Guide (Wommat),Youssou N'Dour featuring Neneh Cherry,76D5nfZbYzZYfUZKGy73jy,1994,305773,61,0.48,0.28,77,Sad,afropop,wo,true
    Between the Bars,Either/Or,Elliott Smith,1JbUMtVkQuaAPdHOvncVTm,1997,141200,69,0.14,0.26,108,Sad,indie folk,en,true
    No Surprises,OK Computer,Radiohead,10nyNJ6zNy2YVYLrcwLccB,1997,229120,81,0.38,0.12,76,Sad,alternative rock,en,true
    First Love,First Love,Hikaru Utada,39HrUxcvKF3jtLz7fUDWXc,1999,257293,67,0.44,0.26,90,Sad,j-pop,ja,true
    Hurt,American IV: The Man Comes Around,Johnny Cash,28cnXtME493VX9NOw9cIUh,2002,216533,76,0.34,0.16,91,Sad,country,en,true
    Mad World,Donnie Darko,Michael Andrews featuring Gary Jules,3JOVTQ5h8HGFnDdp4VT3MP,2002,189506,65,0.06,0.28,87,Sad,soundtrack,en,true
    Der Weg,Mensch,Herbert Grönemeyer,,2002,,52,0.36,0.16,76,Sad,pop,de,true
    Dance with My Father,Dance with My Father,Luther Vandross,7snmvZMLdGGk3l9PcvoYSM,2003,266000,64,0.42,0.36,80,Sad,r&b,en,true
    Qing tian (晴天),Yeh Hui-mei (葉惠美),Jay Chou,0F02KChKwbcQ3tk4q1YxLH,2003,269746,70,0.52,0.40,137,Sad,mandopop,zh,true
    Casimir Pulaski Day,Illinois,Sufjan Stevens,53TIOhzNpRpl8xKdscSQSv,2005,353946,58,0.24,0.30,128,Sad,indie folk,en,true
    Back to Black,Back to Black,Amy Winehouse,3FAclTFfvUuQYnEsptbK8w,2006,241293,79,0.44,0.38,123,Sad,soul,en,true
    Skinny Love,"For Emma, Forever Ago",Bon Iver,3B3eOgLJSqPEA0RfboIQVM,2007,238520,71,0.26,0.18,77,Sad,indie folk,en,true
    Someone Like You,21,Adele,1zwMYTA5nlNjZxYrvBB2pV,2011,285240,81,0.32,0.24,68,Sad,pop,en,true
    Marvins Room,Take Care,Drake,047fCsbO4NdmwCBn8pcUXl,2011,347227,72,0.28,0.28,125,Sad,r&b,en,true
    Video Games,Born to Die,Lana Del Rey,0fBSs3fRoh1yJcne77fdu9,2011,281960,76,0.26,0.18,123,Sad,pop,en,true
    All I Want,In a Perfect World,Kodaline,0NlGoUyOJSuSHmngoibVAs,2012,305747,76,0.40,0.16,93,Sad,indie pop,en,true
    Stay,Unapologetic,Rihanna featuring Mikky Ekko,0GNI8K3VATWBABQFAzBAYe,2012,240707,75,0.30,0.14,112,Sad,r&b,en,true
    Formidable,Racine carrée,Stromae,2AMysGXOe0zzZJMtH3Nizb,2013,,63,0.40,0.24,148,Sad,electropop,fr,true
    Tum Hi Ho,Aashiqui 2,Arijit Singh,56zZ48jdyY2oDXHVnwg5Di,2013,261974,72,0.48,0.30,94,Sad,filmi,hi,true
    "Eyes, Nose, Lips",Rise,Taeyang,0lYtIvI7bO51PZSeK22Mbz,2014,229000,64,0.44,0.28,76,Sad,k-pop,ko,true
    The Night We Met,Strange Trails,Lord Huron,3hRV0jL3vUpRrcy398teAU,2015,208211,85,0.36,0.10,87,Sad,indie folk,en,true
    Channa Mereya,Ae Dil Hai Mushkil,Arijit Singh,,2016,,71,0.50,0.32,96,Sad,filmi,hi,true
    Spring Day,You Never Walk Alone,BTS,0WNGsQ1oAuHzNTk8jivBKW,2017,274097,73,0.70,0.42,108,Sad,k-pop,ko,true
    Lemon,Stray Sheep,Kenshi Yonezu,4rvtqOGyTPZJwWtVTNdZbu,2018,255827,70,0.60,0.40,87,Sad,j-pop,ja,true
    when the party's over,"When We All Fall Asleep, Where Do We Go?",Billie Eilish,43zdsphuZLzwA9k4DJhU0I,2018,196077,80,0.10,0.16,83,Sad,pop,en,true
    Someone You Loved,Divinely Uninspired to a Hellish Extent,Lewis Capaldi,7qEHsqek33rTcFNT9PFqLf,2018,182161,84,0.40,0.34,110,Sad,pop,en,true
    drivers license,Sour,Olivia Rodrigo,5wANPM4fQCJwkGd4rN57mH,2021,242013,80,0.42,0.14,144,Sad,pop,en,true
    Glimpse of Us,Smithereens,Joji,6xGruZOHLs39ZbVccQTuPZ,2022,233456,81,0.28,0.18,170,Sad,pop,en,true
    What Was I Made For?,Barbie the Album,Billie Eilish,6wf7Yu7cxBSPrRlWeSeK0Q,2023,222369,78,0.10,0.10,78,Sad,pop,en,true
    """#
}
