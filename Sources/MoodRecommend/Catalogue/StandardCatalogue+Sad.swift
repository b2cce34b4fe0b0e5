/// The sad songs of the standard catalogue, oldest first.
///
/// The columns are those of ``StandardCatalogue/header``; the numbers are editorial estimates.
extension StandardCatalogue {
  static let sad = #"""
    St. Louis Blues,St. Louis Blues,Bessie Smith,,1925,34,0.16,0.30,68,Sad,blues,en
    "Dark Was the Night, Cold Was the Ground","Dark Was the Night, Cold Was the Ground",Blind Willie Johnson,,1928,38,0.08,0.12,70,Sad,blues,zxx
    Adiós muchachos,Adiós muchachos,Carlos Gardel,,1928,33,0.20,0.36,116,Sad,tango,es
    Nobody Knows You When You're Down and Out,Nobody Knows You When You're Down and Out,Bessie Smith,,1929,42,0.16,0.32,88,Sad,blues,en
    Love in Vain,Love in Vain,Robert Johnson,,1939,40,0.18,0.30,92,Sad,blues,en
    Lili Marleen,Lili Marleen,Lale Andersen,,1939,34,0.18,0.34,104,Sad,traditional pop,de
    I'll Never Smile Again,I'll Never Smile Again,Tommy Dorsey and His Orchestra with Frank Sinatra,,1940,36,0.08,0.16,76,Sad,swing,en
    I'll Be Seeing You,I'll Be Seeing You,Billie Holiday,,1944,56,0.08,0.18,70,Sad,vocal jazz,en
    I'm So Lonesome I Could Cry,I'm So Lonesome I Could Cry,Hank Williams,,1949,57,0.16,0.26,112,Sad,country,en
    In the Wee Small Hours of the Morning,In the Wee Small Hours,Frank Sinatra,,1955,50,0.06,0.12,72,Sad,vocal jazz,en
    Ne me quitte pas,La Valse à mille temps,Jacques Brel,,1959,58,0.14,0.14,78,Sad,chanson,fr
    Crazy,Showcase,Patsy Cline,,1961,67,0.20,0.30,72,Sad,country,en
    Crying,Crying,Roy Orbison,,1961,55,0.32,0.30,98,Sad,pop,en
    Ue o Muite Arukō (上を向いて歩こう),Ue o Muite Arukō (上を向いて歩こう),Kyu Sakamoto,,1961,57,0.36,0.58,126,Sad,kayōkyoku,ja
    Estranha forma de vida,Busto,Amália Rodrigues,,1962,44,0.20,0.22,88,Sad,fado,pt
    Satumaa,Satumaa,Reijo Taipale,,1962,32,0.32,0.28,118,Sad,tango,fi
    Yesterday,Help!,The Beatles,,1965,78,0.18,0.32,97,Sad,rock,en
    The Tracks of My Tears,Going to a Go-Go,The Miracles,,1965,62,0.44,0.44,96,Sad,soul,en
    The Sound of Silence,Sounds of Silence,Simon & Garfunkel,,1965,74,0.40,0.34,108,Sad,folk rock,en
    La bohème,La Bohème,Charles Aznavour,,1965,60,0.32,0.26,88,Sad,chanson,fr
    Eleanor Rigby,Revolver,The Beatles,,1966,69,0.30,0.60,138,Sad,rock,en
    Al Atlal,Al Atlal,Umm Kulthum,,1966,40,0.28,0.24,84,Sad,tarab,ar
    I'd Rather Go Blind,Tell Mama,Etta James,,1967,62,0.32,0.38,88,Sad,soul,en
    Dziwny jest ten świat,Dziwny jest ten świat,Czesław Niemen,,1967,42,0.42,0.22,72,Sad,soul,pl
    Alfonsina y el mar,Mujeres argentinas,Mercedes Sosa,,1969,51,0.16,0.16,96,Sad,nueva canción,es
    Gyöngyhajú lány,10 000 lépés,Omega,,1969,48,0.46,0.34,96,Sad,rock,hu
    Ain't No Sunshine,Just As I Am,Bill Withers,,1971,77,0.40,0.40,78,Sad,soul,en
    Avec le temps,Avec le temps,Léo Ferré,,1971,48,0.14,0.10,70,Sad,chanson,fr
    Construção,Construção,Chico Buarque,,1971,54,0.48,0.30,96,Sad,mpb,pt
    Cat's in the Cradle,Verities & Balderdash,Harry Chapin,,1974,60,0.42,0.40,76,Sad,folk rock,en
    Wish You Were Here,Wish You Were Here,Pink Floyd,,1975,80,0.30,0.36,122,Sad,progressive rock,en
    Love Will Tear Us Apart,Love Will Tear Us Apart,Joy Division,,1980,71,0.78,0.50,147,Sad,post-punk,en
    The Winner Takes It All,Super Trouper,ABBA,,1980,75,0.62,0.46,126,Sad,pop,en
    Purple Rain,Purple Rain,Prince and the Revolution,,1984,73,0.45,0.20,113,Sad,rock,en
    Careless Whisper,Make It Big,George Michael,,1984,82,0.50,0.50,77,Sad,pop,en
    Amor eterno,"Canta a Juan Gabriel, volumen 6",Rocío Dúrcal,,1984,63,0.34,0.22,94,Sad,ranchera,es
    Caruso,DallAmeriCaruso,Lucio Dalla,,1986,60,0.38,0.20,76,Sad,singer-songwriter,it
    Asimbonanga (Mandela),Third World Child,Johnny Clegg & Savuka,,1987,45,0.50,0.40,98,Sad,afropop,zu
    Fast Car,Tracy Chapman,Tracy Chapman,,1988,82,0.30,0.40,104,Sad,folk,en
    Almeno tu nell'universo,Martini Mia,Mia Martini,,1989,58,0.40,0.20,72,Sad,pop,it
    Nothing Compares 2 U,I Do Not Want What I Haven't Got,Sinéad O'Connor,,1990,72,0.50,0.16,119,Sad,pop,en
    Black,Ten,Pearl Jam,,1991,74,0.55,0.24,77,Sad,grunge,en
    I Can't Make You Love Me,Luck of the Draw,Bonnie Raitt,,1991,65,0.20,0.16,126,Sad,soft rock,en
    Gülümse,Gülümse,Sezen Aksu,,1991,54,0.40,0.34,86,Sad,turkish pop,tr
    Tears in Heaven,Rush,Eric Clapton,,1992,73,0.22,0.30,78,Sad,soft rock,en
    Everybody Hurts,Automatic for the People,R.E.M.,,1992,70,0.34,0.22,94,Sad,alternative rock,en
    Sodade,Miss Perfumado,Cesária Évora,,1992,52,0.32,0.40,100,Sad,morna,kea
    Hallelujah,Grace,Jeff Buckley,,1994,74,0.20,0.10,97,Sad,alternative rock,en
    Roads,Dummy,Portishead,,1994,68,0.26,0.10,78,Sad,trip hop,en
    Nutshell,Jar of Flies,Alice in Chains,,1994,70,0.40,0.20,120,Sad,grunge,en
    7 Seconds,The Guide (Wommat),Youssou N'Dour featuring Neneh Cherry,,1994,61,0.48,0.28,77,Sad,afropop,wo
    Between the Bars,Either/Or,Elliott Smith,,1997,69,0.14,0.26,108,Sad,indie folk,en
    No Surprises,OK Computer,Radiohead,,1997,81,0.38,0.12,76,Sad,alternative rock,en
    First Love,First Love,Hikaru Utada,,1999,67,0.44,0.26,90,Sad,j-pop,ja
    Hurt,American IV: The Man Comes Around,Johnny Cash,,2002,76,0.34,0.16,91,Sad,country,en
    Mad World,Donnie Darko,Michael Andrews featuring Gary Jules,,2002,65,0.06,0.28,87,Sad,soundtrack,en
    Der Weg,Mensch,Herbert Grönemeyer,,2002,52,0.36,0.16,76,Sad,pop,de
    Dance with My Father,Dance with My Father,Luther Vandross,,2003,64,0.42,0.36,80,Sad,r&b,en
    Qing tian (晴天),Yeh Hui-mei (葉惠美),Jay Chou,,2003,70,0.52,0.40,137,Sad,mandopop,zh
    Casimir Pulaski Day,Illinois,Sufjan Stevens,,2005,58,0.24,0.30,128,Sad,indie folk,en
    Back to Black,Back to Black,Amy Winehouse,,2006,79,0.44,0.38,123,Sad,soul,en
    Skinny Love,"For Emma, Forever Ago",Bon Iver,,2007,71,0.26,0.18,77,Sad,indie folk,en
    Someone Like You,21,Adele,,2011,81,0.32,0.24,68,Sad,pop,en
    Marvins Room,Take Care,Drake,,2011,72,0.28,0.28,125,Sad,r&b,en
    Video Games,Born to Die,Lana Del Rey,,2011,76,0.26,0.18,123,Sad,pop,en
    All I Want,In a Perfect World,Kodaline,,2012,76,0.40,0.16,93,Sad,indie pop,en
    Stay,Unapologetic,Rihanna featuring Mikky Ekko,,2012,75,0.30,0.14,112,Sad,r&b,en
    Formidable,Racine carrée,Stromae,,2013,63,0.40,0.24,148,Sad,electropop,fr
    Tum Hi Ho,Aashiqui 2,Arijit Singh,,2013,72,0.48,0.30,94,Sad,filmi,hi
    "Eyes, Nose, Lips",Rise,Taeyang,,2014,64,0.44,0.28,76,Sad,k-pop,ko
    The Night We Met,Strange Trails,Lord Huron,,2015,85,0.36,0.10,87,Sad,indie folk,en
    Channa Mereya,Ae Dil Hai Mushkil,Arijit Singh,,2016,71,0.50,0.32,96,Sad,filmi,hi
    Spring Day,You Never Walk Alone,BTS,,2017,73,0.70,0.42,108,Sad,k-pop,ko
    Lemon,Stray Sheep,Kenshi Yonezu,,2018,70,0.60,0.40,87,Sad,j-pop,ja
    when the party's over,"When We All Fall Asleep, Where Do We Go?",Billie Eilish,,2018,80,0.10,0.16,83,Sad,pop,en
    Someone You Loved,Divinely Uninspired to a Hellish Extent,Lewis Capaldi,,2018,84,0.40,0.34,110,Sad,pop,en
    drivers license,Sour,Olivia Rodrigo,,2021,80,0.42,0.14,144,Sad,pop,en
    Glimpse of Us,Smithereens,Joji,,2022,81,0.28,0.18,170,Sad,pop,en
    What Was I Made For?,Barbie the Album,Billie Eilish,,2023,78,0.10,0.10,78,Sad,pop,en
    """#
}
