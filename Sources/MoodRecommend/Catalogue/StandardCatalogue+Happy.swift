import MoodValues

/// The happy songs of the standard catalogue, oldest first.
///
/// The columns are those of ``StandardCatalogue/header``; popularity, energy, valence and
/// tempo are editorial estimates, which `estimated` says.
extension StandardCatalogue {
  static let happy = #"""
    "Yes Sir, That's My Baby","Yes Sir, That's My Baby",Gene Austin,,1925,,24,0.38,0.82,112,Happy,traditional pop,en,true
    Heebie Jeebies,Heebie Jeebies,Louis Armstrong and His Hot Five,5hUP7BDeuNEXHYRIRp74gv,1926,171760,30,0.45,0.85,180,Happy,jazz,en,true
    Puttin' On the Ritz,Puttin' On the Ritz,Fred Astaire,,1930,,38,0.42,0.86,120,Happy,traditional pop,en,true
    It Don't Mean a Thing (If It Ain't Got That Swing),It Don't Mean a Thing (If It Ain't Got That Swing),Duke Ellington and His Famous Orchestra,5hFHDqZNNpBw2VJdPvlu2T,1932,188240,41,0.52,0.84,200,Happy,swing,en,true
    Cheek to Cheek,Cheek to Cheek,Fred Astaire,5qWXXF3On2xUfVu1ND1NLN,1935,198107,44,0.30,0.74,106,Happy,traditional pop,en,true
    Minor Swing,Minor Swing,Quintette du Hot Club de France,66kyEKoeB6CbVUucrWL0Yw,1937,173005,48,0.55,0.83,190,Happy,gypsy jazz,zxx,true
    In the Mood,In the Mood,Glenn Miller and His Orchestra,1xsY8IFXUrxeet1Fcmk4oC,1939,216746,55,0.58,0.80,170,Happy,swing,zxx,true
    Choo Choo Ch'Boogie,Choo Choo Ch'Boogie,Louis Jordan and His Tympany Five,,1946,,39,0.55,0.93,150,Happy,jump blues,en,true
    Jambalaya (On the Bayou),Jambalaya (On the Bayou),Hank Williams,4N71lZmEMtdDyCibSlUX3k,1952,172133,50,0.45,0.90,130,Happy,country,en,true
    Rock Around the Clock,Rock Around the Clock,Bill Haley & His Comets,,1954,,62,0.72,0.93,180,Happy,rock and roll,en,true
    Day-O (The Banana Boat Song),Calypso,Harry Belafonte,4fHDlIntTsRGSyTg5UYZYC,1956,189000,61,0.35,0.78,122,Happy,calypso,en,true
    "Nel blu, dipinto di blu (Volare)","Nel blu, dipinto di blu (Volare)",Domenico Modugno,,1958,,54,0.40,0.76,124,Happy,pop,it,true
    La Bamba,Ritchie Valens,Ritchie Valens,2aEeghgUcnu75tzcolFMfs,1958,,64,0.78,0.93,150,Happy,rock and roll,es,true
    Tintarella di luna,Tintarella di luna,Mina,,1959,,45,0.68,0.92,156,Happy,rock and roll,it,true
    Ta pediá tou Peiraiá (Never on Sunday),Never on Sunday,Melina Mercouri,,1960,,40,0.45,0.80,118,Happy,laïko,el,true
    Oye como va,El Rey Bravo,Tito Puente,2VU6lR5PVmUTXSca3pYI68,1962,274751,46,0.66,0.86,127,Happy,cha-cha-chá,es,true
    My Girl,The Temptations Sing Smokey,The Temptations,6jWkZvd1URGktyTTwcpPpB,1964,165000,74,0.45,0.75,103,Happy,soul,en,true
    I'm a Believer,More of the Monkees,The Monkees,3G7tRC24Uh09Hmp1KZ7LQ2,1966,167373,69,0.74,0.94,162,Happy,pop,en,true
    Good Vibrations,Smiley Smile,The Beach Boys,5t9KYe0Fhd5cW6UYT4qP8f,1966,219027,68,0.50,0.60,152,Happy,pop,en,true
    Mas que nada,Herb Alpert Presents Sérgio Mendes & Brasil '66,Sérgio Mendes & Brasil '66,6clrt5x5viq13LZwEnHcur,1966,161307,60,0.60,0.82,100,Happy,bossa nova,pt,true
    Ain't No Mountain High Enough,United,Marvin Gaye and Tammi Terrell,7tqhbajSfrz2F7E1Z75ASX,1967,151000,80,0.62,0.82,130,Happy,soul,en,true
    Brown Eyed Girl,Blowin' Your Mind!,Van Morrison,3yrSvpt2l1xhsV9Em88Pul,1967,183307,79,0.60,0.91,150,Happy,rock,en,true
    Pata Pata,Pata Pata,Miriam Makeba,7d3cKDG22Ig9kZOS1qsq3S,1967,180174,47,0.60,0.91,126,Happy,afropop,xh,true
    Azzurro,Azzurro/Una carezza in un pugno,Adriano Celentano,,1968,,56,0.50,0.80,122,Happy,pop,it,true
    Build Me Up Buttercup,Build Me Up Buttercup,The Foundations,6sPOmDulFtLzfX25zICNrC,1968,177533,73,0.62,0.89,134,Happy,soul,en,true
    Here Comes the Sun,Abbey Road,The Beatles,6dGnYIeXmHdcikdzNNDMm2,1969,185733,86,0.54,0.68,129,Happy,rock,en,true
    Les Champs-Élysées,Joe Dassin (Les Champs-Élysées),Joe Dassin,70VszGJ7SagYgjotM7zvrX,1969,157627,62,0.50,0.88,115,Happy,chanson,fr,true
    País Tropical,Jorge Ben,Jorge Ben,4877bJ149OUJZHTiU5Jg8P,1969,250667,55,0.66,0.90,132,Happy,samba,pt,true
    I Want You Back,Diana Ross Presents The Jackson 5,The Jackson 5,5LxvwujISqiB8vpRYv887S,1969,176000,76,0.70,0.92,98,Happy,soul,en,true
    "Sugar, Sugar",Everything's Archie,The Archies,3iSws76HjaU7k49EqJVTfF,1969,167187,63,0.58,0.94,123,Happy,pop,en,true
    Yeh Dosti,Sholay,Kishore Kumar and Manna Dey,,1975,,45,0.50,0.86,128,Happy,filmi,hi,true
    Dancing Queen,Arrival,ABBA,0GjEhVFGZW8afUYGChu3Rr,1976,230400,85,0.84,0.80,101,Happy,disco,en,true
    Sir Duke,Songs in the Key of Life,Stevie Wonder,4pNiE4LCVV74vfIBaUHm1b,1976,232760,68,0.58,0.96,107,Happy,funk,en,true
    Sweet Mother,Sweet Mother,Prince Nico Mbarga and Rocafil Jazz,,1976,,32,0.60,0.92,124,Happy,highlife,pcm,true
    Three Little Birds,Exodus,Bob Marley and the Wailers,7yFvSYKk3g5g8e7Ffl16ws,1977,180266,78,0.40,0.85,75,Happy,reggae,en,true
    Lovely Day,Menagerie,Bill Withers,0bRXwKfigvpKZUurwqAlEh,1977,254560,75,0.62,0.75,98,Happy,soul,en,true
    Mr. Blue Sky,Out of the Blue,Electric Light Orchestra,2RlgNHKcydI9sayD2Df2xp,1977,303373,79,0.45,0.60,178,Happy,rock,en,true
    September,"The Best of Earth, Wind & Fire, Vol. 1","Earth, Wind & Fire",2grjqo0Frpf2okIBiifQKs,1978,215093,86,0.83,0.98,126,Happy,funk,en,true
    Tian Mi Mi (甜蜜蜜),Tian Mi Mi (甜蜜蜜),Teresa Teng,,1979,,52,0.35,0.68,108,Happy,mandopop,zh,true
    Mayonaka no Door – Stay with Me (真夜中のドア),Pocket Park,Miki Matsubara,,1979,,66,0.58,0.62,108,Happy,city pop,ja,true
    Ride on Time,Ride on Time,Tatsuro Yamashita,,1980,,58,0.75,0.84,118,Happy,city pop,ja,true
    Hot Hot Hot,Hot Hot Hot,Arrow,69eY10yjZTfXAKg1zkqFhi,1982,,42,0.80,0.93,120,Happy,soca,en,true
    Africa,Toto IV,Toto,,1982,,74,0.52,0.60,93,Happy,soft rock,en,true
    99 Luftballons,Nena,Nena,4ZhPLoMzZwewHLLjV1J15c,1983,232467,64,0.52,0.60,193,Happy,new wave,de,true
    Girls Just Want to Have Fun,She's So Unusual,Cyndi Lauper,4y1LsJpmMti1PfRQV9AWWe,1983,238267,79,0.72,0.82,120,Happy,pop,en,true
    Red Red Wine,Labour of Love,UB40,,1983,,66,0.50,0.68,89,Happy,reggae,en,true
    Wake Me Up Before You Go-Go,Make It Big,Wham!,0ikz6tENMONtK6qGkOrU3c,1984,231333,78,0.60,0.92,163,Happy,pop,en,true
    Footloose,Footloose,Kenny Loggins,2vz1CsL5WBsbpBcwgboTAw,1984,226000,70,0.84,0.70,174,Happy,rock,en,true
    Walking on Sunshine,Katrina and the Waves,Katrina and the Waves,05wIrZSwuaVWhcv5FfqeH0,1985,238733,72,0.87,0.94,110,Happy,pop,en,true
    Take On Me,Hunting High and Low,a-ha,2WfaOiMkCvy7F5fcp2zZ8L,1985,225280,84,0.87,0.86,169,Happy,synth-pop,en,true
    I Wanna Dance with Somebody (Who Loves Me),Whitney,Whitney Houston,2tUBqZG2AbRi7Q0BIrVrEj,1987,291293,85,0.82,0.87,119,Happy,pop,en,true
    Joe le taxi,M&J,Vanessa Paradis,7nZCg1jgmXIjSBRifWkmaJ,1987,235227,53,0.55,0.78,112,Happy,pop,fr,true
    Groove Is in the Heart,World Clique,Deee-Lite,2He3NOyqtLNE3RQPpeDdSb,1990,231786,65,0.82,0.93,122,Happy,house,en,true
    Shiny Happy People,Out of Time,R.E.M.,1v2zyAJrChw5JnfafSkwkJ,1991,225787,57,0.76,0.80,134,Happy,alternative rock,en,true
    Friday I'm in Love,Wish,The Cure,4QlzkaRHtU8gAdwqjWmO8n,1992,215160,77,0.75,0.70,136,Happy,alternative rock,en,true
    Macarena,A mí me gusta,Los del Río,4oaj36KzXRgDg4McgcTsZK,1993,249382,58,0.78,0.90,103,Happy,pop,es,true
    Nour El Ain,Nour El Ain,Amr Diab,3ZTuYuaV1fhdNnuIBuzTYy,1996,307762,52,0.74,0.84,126,Happy,arabic pop,ar,true
    Man! I Feel Like a Woman!,Come On Over,Shania Twain,6sxptembJVty4sNtcPMAVz,1997,234493,75,0.86,0.88,125,Happy,country,en,true
    Şımarık,Ölürüm Sana,Tarkan,6vEL7E8TGzrxuxbrgdlkLL,1997,235218,55,0.80,0.84,96,Happy,turkish pop,tr,true
    La vida es un carnaval,Mi vida es cantar,Celia Cruz,,1998,,66,0.82,0.90,104,Happy,salsa,es,true
    Me gustas tú,Próxima estación: Esperanza,Manu Chao,,2001,,70,0.58,0.70,97,Happy,latin,es,true
    Island in the Sun,Weezer,Weezer,,2001,,70,0.60,0.64,115,Happy,alternative rock,en,true
    Sunday Morning,Songs About Jane,Maroon 5,,2002,,70,0.58,0.66,88,Happy,pop,en,true
    Hey Ya!,Speakerboxxx/The Love Below,OutKast,2PpruBYCo4H7WOBJ7Q2EwM,2003,235213,79,0.90,0.96,159,Happy,hip hop,en,true
    Dragostea din tei,DiscO-Zone,O-Zone,2c3sKqWYVJ0NsE3elgRhKH,2003,215432,66,0.88,0.76,130,Happy,eurodance,ro,true
    Put Your Records On,Corinne Bailey Rae,Corinne Bailey Rae,,2006,,68,0.52,0.66,96,Happy,soul,en,true
    Valerie,Version,Mark Ronson featuring Amy Winehouse,6kopmMZiyLmw7h66uXcXR7,2007,219413,74,0.80,0.90,111,Happy,soul,en,true
    Je veux,Zaz,Zaz,734dz1YaFITwawPpM25fSt,2010,,64,0.68,0.74,116,Happy,chanson,fr,true
    Waka Waka (This Time for Africa),Sale el Sol,Shakira featuring Freshlyground,2Cd9iWfcOpGDHLz6tVA3G4,2010,202627,80,0.87,0.76,127,Happy,pop,en,true
    Ponponpon,Moshi Moshi Harajuku,Kyary Pamyu Pamyu,1c6C2wg7PRbPBRRUaEvheC,2011,242000,44,0.86,0.88,128,Happy,j-pop,ja,true
    Vivir mi vida,3.0,Marc Anthony,3QHMxEOAGD51PDlbFPHLyJ,2013,252347,75,0.87,0.88,105,Happy,salsa,es,true
    Happy,G I R L,Pharrell Williams,60nZcImufyMA1MKQY3dcCH,2013,232720,80,0.80,0.96,160,Happy,pop,en,true
    Budapest,Wanted on Voyage,George Ezra,,2013,,70,0.50,0.60,91,Happy,folk pop,en,true
    Riptide,Dream Your Life Away,Vance Joy,,2013,,72,0.58,0.58,102,Happy,indie folk,en,true
    Shake It Off,1989,Taylor Swift,5xTtaWoae3wi06K5WfVUUH,2014,219200,80,0.80,0.94,160,Happy,pop,en,true
    Uptown Funk,Uptown Special,Mark Ronson featuring Bruno Mars,32OlwWuMpZ6b0aN2RZOeMS,2014,269667,83,0.61,0.93,115,Happy,funk,en,true
    Can't Stop the Feeling!,Trolls,Justin Timberlake,1WkMMavIMc4JZ8cfMmxHkI,2016,237547,77,0.83,0.70,113,Happy,pop,en,true
    Koi,Pop Virus,Gen Hoshino,,2016,,56,0.82,0.86,158,Happy,j-pop,ja,true
    Sunflower,Spider-Man: Into the Spider-Verse,Post Malone and Swae Lee,,2018,,74,0.52,0.64,90,Happy,hip hop,en,true
    Jerusalema,Jerusalema,Master KG featuring Nomcebo Zikode,2MlOUXmcofMackX3bxfSwi,2019,342000,60,0.62,0.70,124,Happy,house,zu,true
    Levitating,Future Nostalgia,Dua Lipa,39LLxExYz6ewLAcYrzQQyP,2020,203808,81,0.82,0.91,103,Happy,disco,en,true
    Dynamite,BE,BTS,5QDLhrAOJJdNAmCTJ8xMyW,2020,199053,76,0.77,0.74,114,Happy,k-pop,en,true
    Calm Down,Rave & Roses,Rema,,2022,,75,0.76,0.80,107,Happy,afrobeats,en,true
    Espresso,Short n' Sweet,Sabrina Carpenter,2HRqTpkrJO5ggZyyK6NPWz,2024,175459,84,0.76,0.70,104,Happy,pop,en,true
    """#
}
