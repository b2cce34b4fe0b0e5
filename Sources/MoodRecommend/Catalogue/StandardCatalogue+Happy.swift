import MoodValues

/// The happy songs of the standard catalogue, oldest first.
///
/// The columns are those of ``StandardCatalogue/header``; the numbers are editorial estimates.
extension StandardCatalogue {
  static let happy = #"""
    "Yes Sir, That's My Baby","Yes Sir, That's My Baby",Gene Austin,,1925,24,0.38,0.82,112,Happy,traditional pop,en
    Heebie Jeebies,Heebie Jeebies,Louis Armstrong and His Hot Five,,1926,30,0.45,0.85,180,Happy,jazz,en
    Puttin' On the Ritz,Puttin' On the Ritz,Fred Astaire,,1930,38,0.42,0.86,120,Happy,traditional pop,en
    It Don't Mean a Thing (If It Ain't Got That Swing),It Don't Mean a Thing (If It Ain't Got That Swing),Duke Ellington and His Famous Orchestra,,1932,41,0.52,0.84,200,Happy,swing,en
    Cheek to Cheek,Cheek to Cheek,Fred Astaire,,1935,44,0.30,0.74,106,Happy,traditional pop,en
    Minor Swing,Minor Swing,Quintette du Hot Club de France,,1937,48,0.55,0.83,190,Happy,gypsy jazz,zxx
    In the Mood,In the Mood,Glenn Miller and His Orchestra,,1939,55,0.58,0.80,170,Happy,swing,zxx
    Choo Choo Ch'Boogie,Choo Choo Ch'Boogie,Louis Jordan and His Tympany Five,,1946,39,0.55,0.93,150,Happy,jump blues,en
    Jambalaya (On the Bayou),Jambalaya (On the Bayou),Hank Williams,,1952,50,0.45,0.90,130,Happy,country,en
    Rock Around the Clock,Rock Around the Clock,Bill Haley & His Comets,,1954,62,0.72,0.93,180,Happy,rock and roll,en
    Day-O (The Banana Boat Song),Calypso,Harry Belafonte,,1956,61,0.35,0.78,122,Happy,calypso,en
    "Nel blu, dipinto di blu (Volare)","Nel blu, dipinto di blu (Volare)",Domenico Modugno,,1958,54,0.40,0.76,124,Happy,pop,it
    La Bamba,Ritchie Valens,Ritchie Valens,,1958,64,0.78,0.93,150,Happy,rock and roll,es
    Tintarella di luna,Tintarella di luna,Mina,,1959,45,0.68,0.92,156,Happy,rock and roll,it
    Ta pediá tou Peiraiá (Never on Sunday),Never on Sunday,Melina Mercouri,,1960,40,0.45,0.80,118,Happy,laïko,el
    Oye como va,El Rey Bravo,Tito Puente,,1962,46,0.66,0.86,127,Happy,cha-cha-chá,es
    My Girl,The Temptations Sing Smokey,The Temptations,,1964,74,0.45,0.75,103,Happy,soul,en
    I'm a Believer,More of the Monkees,The Monkees,,1966,69,0.74,0.94,162,Happy,pop,en
    Good Vibrations,Smiley Smile,The Beach Boys,,1966,68,0.50,0.60,152,Happy,pop,en
    Mas que nada,Herb Alpert Presents Sérgio Mendes & Brasil '66,Sérgio Mendes & Brasil '66,,1966,60,0.60,0.82,100,Happy,bossa nova,pt
    Ain't No Mountain High Enough,United,Marvin Gaye and Tammi Terrell,,1967,80,0.62,0.82,130,Happy,soul,en
    Brown Eyed Girl,Blowin' Your Mind!,Van Morrison,,1967,79,0.60,0.91,150,Happy,rock,en
    Pata Pata,Pata Pata,Miriam Makeba,,1967,47,0.60,0.91,126,Happy,afropop,xh
    Azzurro,Azzurro/Una carezza in un pugno,Adriano Celentano,,1968,56,0.50,0.80,122,Happy,pop,it
    Build Me Up Buttercup,Build Me Up Buttercup,The Foundations,,1968,73,0.62,0.89,134,Happy,soul,en
    Here Comes the Sun,Abbey Road,The Beatles,,1969,86,0.54,0.68,129,Happy,rock,en
    Les Champs-Élysées,Joe Dassin (Les Champs-Élysées),Joe Dassin,,1969,62,0.50,0.88,115,Happy,chanson,fr
    País Tropical,Jorge Ben,Jorge Ben,,1969,55,0.66,0.90,132,Happy,samba,pt
    I Want You Back,Diana Ross Presents The Jackson 5,The Jackson 5,,1969,76,0.70,0.92,98,Happy,soul,en
    "Sugar, Sugar",Everything's Archie,The Archies,,1969,63,0.58,0.94,123,Happy,pop,en
    Yeh Dosti,Sholay,Kishore Kumar and Manna Dey,,1975,45,0.50,0.86,128,Happy,filmi,hi
    Dancing Queen,Arrival,ABBA,,1976,85,0.84,0.80,101,Happy,disco,en
    Sir Duke,Songs in the Key of Life,Stevie Wonder,,1976,68,0.58,0.96,107,Happy,funk,en
    Sweet Mother,Sweet Mother,Prince Nico Mbarga and Rocafil Jazz,,1976,32,0.60,0.92,124,Happy,highlife,pcm
    Three Little Birds,Exodus,Bob Marley and the Wailers,,1977,78,0.40,0.85,75,Happy,reggae,en
    Lovely Day,Menagerie,Bill Withers,,1977,75,0.62,0.75,98,Happy,soul,en
    Mr. Blue Sky,Out of the Blue,Electric Light Orchestra,,1977,79,0.45,0.60,178,Happy,rock,en
    September,"The Best of Earth, Wind & Fire, Vol. 1","Earth, Wind & Fire",,1978,86,0.83,0.98,126,Happy,funk,en
    Tian Mi Mi (甜蜜蜜),Tian Mi Mi (甜蜜蜜),Teresa Teng,,1979,52,0.35,0.68,108,Happy,mandopop,zh
    Ride on Time,Ride on Time,Tatsuro Yamashita,,1980,58,0.75,0.84,118,Happy,city pop,ja
    Hot Hot Hot,Hot Hot Hot,Arrow,,1982,42,0.80,0.93,120,Happy,soca,en
    99 Luftballons,Nena,Nena,,1983,64,0.52,0.60,193,Happy,new wave,de
    Girls Just Want to Have Fun,She's So Unusual,Cyndi Lauper,,1983,79,0.72,0.82,120,Happy,pop,en
    Wake Me Up Before You Go-Go,Make It Big,Wham!,,1984,78,0.60,0.92,163,Happy,pop,en
    Footloose,Footloose,Kenny Loggins,,1984,70,0.84,0.70,174,Happy,rock,en
    Walking on Sunshine,Katrina and the Waves,Katrina and the Waves,,1985,72,0.87,0.94,110,Happy,pop,en
    Take On Me,Hunting High and Low,a-ha,,1985,84,0.87,0.86,169,Happy,synth-pop,en
    I Wanna Dance with Somebody (Who Loves Me),Whitney,Whitney Houston,,1987,85,0.82,0.87,119,Happy,pop,en
    Joe le taxi,M&J,Vanessa Paradis,,1987,53,0.55,0.78,112,Happy,pop,fr
    Groove Is in the Heart,World Clique,Deee-Lite,,1990,65,0.82,0.93,122,Happy,house,en
    Shiny Happy People,Out of Time,R.E.M.,,1991,57,0.76,0.80,134,Happy,alternative rock,en
    Friday I'm in Love,Wish,The Cure,,1992,77,0.75,0.70,136,Happy,alternative rock,en
    Macarena,A mí me gusta,Los del Río,,1993,58,0.78,0.90,103,Happy,pop,es
    Nour El Ain,Nour El Ain,Amr Diab,,1996,52,0.74,0.84,126,Happy,arabic pop,ar
    Man! I Feel Like a Woman!,Come On Over,Shania Twain,,1997,75,0.86,0.88,125,Happy,country,en
    Şımarık,Ölürüm Sana,Tarkan,,1997,55,0.80,0.84,96,Happy,turkish pop,tr
    La vida es un carnaval,Mi vida es cantar,Celia Cruz,,1998,66,0.82,0.90,104,Happy,salsa,es
    Hey Ya!,Speakerboxxx/The Love Below,OutKast,,2003,79,0.90,0.96,159,Happy,hip hop,en
    Dragostea din tei,DiscO-Zone,O-Zone,,2003,66,0.88,0.76,130,Happy,eurodance,ro
    Valerie,Version,Mark Ronson featuring Amy Winehouse,,2007,74,0.80,0.90,111,Happy,soul,en
    Je veux,Zaz,Zaz,,2010,64,0.68,0.74,116,Happy,chanson,fr
    Waka Waka (This Time for Africa),Sale el Sol,Shakira featuring Freshlyground,,2010,80,0.87,0.76,127,Happy,pop,en
    Ponponpon,Moshi Moshi Harajuku,Kyary Pamyu Pamyu,,2011,44,0.86,0.88,128,Happy,j-pop,ja
    Vivir mi vida,3.0,Marc Anthony,,2013,75,0.87,0.88,105,Happy,salsa,es
    Happy,G I R L,Pharrell Williams,,2013,80,0.80,0.96,160,Happy,pop,en
    Shake It Off,1989,Taylor Swift,,2014,80,0.80,0.94,160,Happy,pop,en
    Uptown Funk,Uptown Special,Mark Ronson featuring Bruno Mars,,2014,83,0.61,0.93,115,Happy,funk,en
    Can't Stop the Feeling!,Trolls,Justin Timberlake,,2016,77,0.83,0.70,113,Happy,pop,en
    Koi,Pop Virus,Gen Hoshino,,2016,56,0.82,0.86,158,Happy,j-pop,ja
    Jerusalema,Jerusalema,Master KG featuring Nomcebo Zikode,,2019,60,0.62,0.70,124,Happy,house,zu
    Levitating,Future Nostalgia,Dua Lipa,,2020,81,0.82,0.91,103,Happy,disco,en
    Dynamite,BE,BTS,,2020,76,0.77,0.74,114,Happy,k-pop,en
    Calm Down,Rave & Roses,Rema,,2022,75,0.76,0.80,107,Happy,afrobeats,en
    Espresso,Short n' Sweet,Sabrina Carpenter,,2024,84,0.76,0.70,104,Happy,pop,en
    """#
}
