//! Given names and surnames in wide use, by where they are common: corroboration, never proof.
//!
//! Origin: written for this project as facts of common knowledge – names that public statistics of births and censuses of these
//! countries show again and again; no list was copied. Letters are folded: `josé` is `jose`, `müller` is `muller`.

/// Given names.
pub(super) const GIVEN: &[&str] = &[ENGLISH, SPANISH_AND_FILIPINO, EUROPEAN, EASTERN, ARABIC, SOUTH_ASIAN, EAST_ASIAN];

/// Surnames.
pub(super) const SURNAMES: &[&str] = &[
    ENGLISH_SURNAMES,
    SPANISH_AND_FILIPINO_SURNAMES,
    EUROPEAN_SURNAMES,
    EASTERN_SURNAMES,
    ARABIC_SURNAMES,
    SOUTH_ASIAN_SURNAMES,
    EAST_ASIAN_SURNAMES,
];

/// Titles, particles and suffixes that stand in names and are none.
pub(super) const PARTICLES: &str = "
    mr mrs ms miss mx dr prof sir madam atty engr rev hon fr sr sra srta don dona herr frau mme mlle m sig
    de del dela dele la las los el san santa da das do dos di du des der den van von vom zu zum ten ter te le bin binti binte ibn al abu
    y e i ma jr sr ii iii iv v phd md esq";

/// Words that make a name that of a firm or a place.
pub(super) const FIRM: &str = "
    inc incorporated llc ltd limited plc corp corporation co company gmbh ag kg sa sas sarl srl spa bv nv ab oy as aps pty pte bhd sdn
    group holding holdings enterprise enterprises industries international solutions services service systems technologies
    technology consulting partners associates trading traders imports exports foods bakery cafe restaurant bar grill pizza pizzeria
    kitchen hotel resort inn bank insurance hospital clinic pharmacy school college university institute academy church foundation
    association society club team department office store stores shop shoppe mart market supermarket depot warehouse gifts toys
    collectables collectibles motors auto replicas designs design studio studios records music media press publishing news
    airport station street road avenue building tower plaza mall center centre park city county province district barangay
    report account admin support sales info marketing billing order product item test sample demo default monthly weekly daily annual";

const ENGLISH: &str = "
    aaron abbey abbie abby abel abigail abraham ada adam addison adele adeline adrian adriana aidan aileen aimee alan alana albert alec
    alex alexa alexander alexandra alexis alfred alfie alice alicia alisha alison allan allen allison alma alvin alyssa amanda amber amelia
    amelie amy andre andrea andrew andy angel angela angelica angelina angus anita ann anna annabel anne annette annie anthony april
    archie ariana ariel arlene arnold arthur asher ashlee ashleigh ashley ashton aubrey audrey austin ava avery bailey barbara barry
    beatrice becky bella ben benjamin bennett bernadette bernard bernice beth bethany betty beverly bill billie billy blake bobby
    bonnie brad bradley brady brandi brandon brandy brayden brenda brendan brent brett brian briana brianna bridget brittany brittney
    brody brooke bruce bryan bryce bryson byron caitlin caleb callum calvin cameron camille candace candice carl carla carly carmen carol
    carole caroline carolyn carrie carson carter casey cassandra cassidy catherine cathy cecil cecilia cedric chad charlene charles
    charlie charlotte chase chelsea cheryl chester chloe chris christian christie christina christine christopher christy cindy claire
    clara clarence clark claude claudia clayton clifford clifton clint clinton clyde cody colby cole colin colleen connie connor conor
    constance cooper corey cory courtney craig crystal curtis cynthia daisy dakota dale dallas damian damon dan dana daniel danielle
    danny daphne darlene darrell darren darryl daryl dave david dawn dean deanna debbie deborah debra declan denise dennis derek derrick
    desiree destiny devin dexter diana diane dianne dillon dolores dominic dominique don donald donna doreen doris dorothy doug douglas
    drew duane dustin dwayne dwight dylan earl eddie edgar edith edmund edna edward edwin eileen elaine eleanor eli elijah elisa elise
    elizabeth ella ellen ellie elliot elliott ellis elsie emily emma eric erica erik erika erin ernest ethan ethel eugene eva evan evelyn
    everett ezra faith felicia felicity felix fergus finlay finn fiona florence floyd frances francis frank franklin fred freda freddie
    frederick freya gabriel gabriella gabrielle gail garrett gary gavin gemma gene geoffrey george georgia georgina gerald geraldine gerard
    gertrude gilbert gina ginger gladys glen glenda glenn gloria gordon grace gracie graham grant greg gregory gretchen guy gwen gwendolyn
    hailey hannah harold harriet harrison harry harvey hayden hayley hazel heather heidi helen henrietta henry herbert herman hilary
    hilda holly hope howard hubert hugh hugo hunter ian ida imogen irene iris irma isaac isabel isabella isabelle isaiah isla isobel ivan
    ivy jack jackie jackson jacob jacqueline jade jaime jake james jamie jan jane janet janice janine jared jasmine jason jasper jay jayden
    jean jeanette jeanne jeff jeffery jeffrey jenna jennifer jenny jeremiah jeremy jermaine jerome jerry jesse jessica jessie jill jillian
    jim jimmy jo joan joann joanna joanne jocelyn jodi jodie jody joe joel joey john johnathan johnny jon jonah jonathan jordan joseph
    josephine josh joshua josie joy joyce juanita judith judy julia julian juliana julianne julie juliet june justin kaitlyn kara karen
    kari karl karla kate katelyn katherine kathleen kathryn kathy katie katrina kay kayla kaylee keira keith kelley kelli kellie kelly
    kelsey ken kendra kenneth kent kerry kevin kieran kim kimberley kimberly kirk kirsten kirsty krista kristen kristi kristin kristina
    kristine kristy krystal kurt kyle kylie lachlan lance larry latoya laura lauren laurence laurie lawrence leah leanne lee leigh leo
    leon leonard leroy lesley leslie lester lewis liam lila lillian lillie lily linda lindsay lindsey lisa lloyd logan lois lola lorena
    loretta lori lorraine louis louise lucas lucille lucy luke lydia lyle lynda lynette lynn lynne mabel mackenzie madeleine madeline
    madison mae maisie malcolm mandy marc marcia marcus margaret margie marguerite maria marian marianne marie marilyn marion marjorie
    mark marlene marsha marshall martha martin marvin mary maryann mason matilda matt matthew maureen maurice max maxine maxwell maya
    megan meghan melanie melinda melissa melody melvin mercedes meredith mervyn mia micah michael michaela micheal michele michelle
    miguel mike mildred miles millie milton mindy minnie miranda miriam misty mitchell molly monica monique morgan morris muriel myra
    myrtle nadia nadine nancy naomi natalia natalie natasha nathan nathaniel neil nellie nelson niamh nicholas nichole nick nicola nicole
    nigel nina noah noel nora norma norman olive oliver olivia ollie omar opal oscar owen paige pam pamela pat patricia patrick patsy
    patti paul paula paulette pauline pearl peggy penelope penny percy perry pete peter phil philip phillip phoebe phyllis piers polly
    poppy preston priscilla quentin quinn rachael rachel ralph ramona randall randy raquel ray raymond rebecca reece reginald rene
    renee rex rhonda rhys ricardo rich richard rick rickey ricky riley rita rob robert roberta robin robyn rodney roger roland ron
    ronald ronnie rory rosa rosalie rose rosemary rosie ross rowan roxanne roy ruben ruby rufus russell ruth ryan sabrina sadie sally
    sam samantha samuel sandra sandy sara sarah saul savannah scarlett scott sean sebastian selena serena seth shannon shari sharon shaun
    shawn sheena sheila shelby sheldon shelley shelly sheri sherri sherry shirley sidney sienna sierra silas simon sonia sonya sophia
    sophie stacey stacy stan stanley stefanie stella stephanie stephen sterling steve steven stewart stuart sue summer susan susanna
    susannah susie suzanne sybil sydney sylvia tabitha tamara tammy tanner tanya tara taryn tasha taylor ted terence teresa teri terrance
    terrell terrence terri terry theo theodore theresa thelma thomas tiffany tim timothy tina toby todd tom tommy toni tony tonya tracey
    traci tracy travis trevor tricia tristan troy tyler tyrone una ursula valerie vanessa vera verna vernon veronica vicki vickie vicky
    victor victoria vincent viola violet virgil virginia vivian wade wallace walter wanda warren wayne wendy wesley whitney wilbert
    wilfred will willa willard william willie wilma winifred winston xavier yolanda yvette yvonne zac zach zachary zachery zara zoe";

const SPANISH_AND_FILIPINO: &str = "
    abelardo adelina adolfo agnes agustin agustina alberto aldrin alejandra alejandro alfonso alfredo alicia alma almira alonso alvaro amado
    amalia amparo ana analyn anabel andres angelo angelito anselmo antonia antonio araceli arcadio ariel armando arnel arnulfo arsenio arturo
    aurelio aurora baltazar bayani beatriz belen benigno benito benjie bernardo bong bonifacio camila carina carlito carlo carlos
    carmela carmelita carmelo caridad catalina cecilio celestino celia cesar cherry chona cielo clarita clarissa concepcion concha
    consolacion consuelo corazon cristian cristina cristobal cynthia dalisay danilo dante daria dario david delfin delia diego dina
    dingdong divina dolores domingo dominador donato eduardo edgardo edwin efren elena elias elisa eloisa elpidio elsa elvira emerita
    emilia emiliano emilio emmanuel encarnacion enrique epifanio erlinda ernesto esmeralda esperanza estela esteban estrella eugenia
    eugenio eusebio eva evangeline fabian fatima federico felicidad felipe felisa fermin fernanda fernando fidel filomena flor flora
    florencio florentino francisca francisco froilan gabriela gemma generoso genoveva geronimo gerardo german gilda gina gloria gonzalo
    graciela gregorio grace guadalupe guillermo gustavo hector henry hermenegildo herminia hernando honorio horacio ignacio imelda ines
    inday irene irma isabel isagani isidro ismael ivan jacinto jaime jaira javier jayson jejomar jennylyn jerick jericho jesus jesusa jhon jhun
    joaquin jocelyn joel jomar jonalyn joselito josefa josefina jose josephine jovelyn jovito juan juana juanito julieta julio julita
    junjun justino kristel lani lara laura leandro leonardo leonor leonora leticia liezel ligaya lilia liwayway liza lorena lorenzo
    lourdes lucia luciano lucila luis luisa lumen luningning luz luzviminda mabini macario magdalena manolo manuel mara marcela marcelino
    marcelo marcial marcos margarita mariano maribel maricar maricel mariel marietta marilou marina mario marisol maristela marites
    maritess marivic marisa marissa marta martina mateo matias mauricio maximo melchor melecio mercedes mercy merlinda miguel milagros minerva
    miriam modesto moises mona monica narciso natividad nelia nelson nena nenita nestor nicanor nicolas nilda nilo noel noemi nora norberto
    norma octavio ofelia olga olivia orlando oscar pablo pacita paolo pascual patricio paulino paz pedro perla perpetua pilar placido
    precious precy primitivo purificacion rafael ramil ramiro ramon raul raymundo rebecca reden regina reynaldo remedios renato rene
    ricardo richelle rigoberto rizalina roberto rocio rodel rodelio rodolfo rodrigo rogelio roland rolando romeo romulo ronaldo ronel
    rosa rosalia rosalina rosalinda rosanna rosario rosemarie rosita rowena roxas ruben rufina rufino ruperto sabina salvacion salvador
    samuel sandro santiago santos saturnino sergio severino sheryl sigfredo silvestre silvia simeon socorro sofia soledad sonia
    susana tala teodoro teodora teofilo teresa teresita tirso tomas trinidad valentin valentina valeria vanessa vergel veronica vicente
    victoria victorino vilma violeta virgilio virginia viviana wilfredo wilma ximena yasmin yolanda yesenia zenaida zoraida";

const EUROPEAN: &str = "
    achim adalbert adelheid aitor aki albrecht aldo alessandra alessandro alessia alessio alexandre aline alois amandine ambra anais andrea
    anders andreas andreia angelika angelique anita anja anke anneke annegret annelies annika anouk ansgar antje antoine antonella
    anton arianna armin arnaud arne astrid audrey aude aurelie aurelien axel barbara bart bartolomeo bastian bastien beat beate bela benedetta
    benedikt benoit bernadette bernd bernhard bertrand bianca bilal birgit birgitta bjorn bjarne bodil bruna bruno brigitte britta
    bram camilla carina carlotta carmine carole carsten cathrin cecile cedric celine chantal chiara christa christel christiane christof
    christoph christophe christos cinzia clara claudine claudio claus clemence clement coen colette cornelia cornelis corinne cosimo
    cristiano cyril dagmar damien daniela daniele davide delphine denis detlef didier diederik dieter dietmar dirk dominik domenico
    dorothea dorothee dries ebba eckhard edda edith edmondo eirik elena eleonora elfriede elke elodie els elsa emanuel emanuela emil
    emile emilie emmanuelle enrico enzo erich ernst esther estelle etienne eva evelyne ewald fabienne fabio fabrice fabrizio federica
    federico femke filip filippo flavia flavio florian floriane franca francesca francesco franck francois francoise franz franziska
    fredrik friedrich frits gabi gabriele gaetan gaetano gerd gerda gerhard gerlinde gerrit gertrud geoffroy ghislaine gianluca gianni
    gilles giorgia giorgio giovanna giovanni giselle gisela giulia giuliano giulio giuseppe giuseppina gottfried greta gudrun guido guillaume
    gunnar gunter gunther gustav hanna hannelore hans harald hartmut hedwig heike heiko heinrich heinz helena helene helga helge
    helmut hendrik henning henri henrik herve hermann hilde hildegard holger horst hubert ida ilaria ilse inge ingeborg ingo ingrid
    irmgard isabella isabelle jacques jakob jan jana janneke jannik jasmin jean jens jeroen jerome joachim joao joaquim jochen johan
    johanna johannes jorg jorge jorgen josef joost jordi juergen julien juliette julius jurgen jutta kai karel karin karina karsten
    kathrin katja katharina katrin kerstin kjell klaus konrad konstantin kristian kristoffer laetitia lars laurent laurine lea lena leonie
    letizia lieselotte lieke lina linus lionel lisbeth lorenz lorenza lothar louis luc luca lucia lucie lucien ludovic ludwig lukas lutz
    luigi maarten mads maelle magali magda magdalena magnus maike maja manfred manon manuela marc marcel marcella marco marek margherita
    margot margrit mariella marika marijke marine marion markus marlies marta marten martijn martina massimo mathias mathieu mathilde
    matteo matthias mattia maurizio maxime mechthild meike melanie mette michal michel michele micheline mireille mikael milan mirko
    mohamed monika moritz muriel nadege nadine nathalie niels nicolas niklas nico nicola nicole nicolo nils noemie norbert odile ole
    olaf olivier ornella oskar otto paola paolo pascal pascale patrice patrizia patrik paulo pauline pedro petra pierre pieter philippe
    pietro pilar quentin raffaele rainer ralf raphael raymonde regine reinhard reinhold remi remy renate renata renaud riccardo rita
    roberta roberto robin rocco roel roger roland rolf romain romy rosalba rudi rudiger rudolf sabine sabrina salvatore sander sandrine
    sara sascha saskia sebastien serge severine siegfried sigrid silke silvia silvio simone simona sjoerd sofie sophie soren stefan
    stefania stefano steffen stephane susanne sven sylvain sylvie tanja tatjana thea theo therese thierry thijs thilo thomas thorsten
    tiago tilman tobias torben torsten toni tristan udo ugo ulf ulrich ulrike umberto ursula ute uwe valentin valerio valerie veerle
    vera verena veronique victor vincent vincenzo virginie vittoria vittorio volker walter waltraud werner wiebke wilfried wilhelm willem
    willi wolfgang wouter xavier yann yannick yves yvonne zita";

const EASTERN: &str = "
    agata agnieszka aleksandar aleksander aleksandr aleksandra aleksei alena alina alla ana anastasia anatoly andrej andrei andrey andrzej
    anna anastasiya andriy antonin arkady artem barbora bartosz beata bogdan bohdan boris bozena branko cristina dana danuta daria darius
    denis desislava dimitar dimitri dmitri dmitry dragan dorota dusan ekaterina elena elizaveta emilia eva evgeny ewa fedor florin
    galina georgi georgios gennady goran grazyna grigori grzegorz hana helena ioana ion ionut igor ilya inna irena irina iryna ivan ivana
    ivo jadwiga jakub jan jana janusz jarmila jaroslav jerzy jiri joanna jolanta josef jozef judit kamil karel karolina kateryna
    katarina katarzyna kinga kirill krystyna krzysztof ksenia lada laszlo lech lenka leonid leszek libor lidia liudmila ljubica lubomir
    lucyna ludmila lukasz lyubov maciej magdalena malgorzata marcin marek maria mariana marija mariusz marta martin martina maryna mateusz
    maxim michal mihai mikhail milan milena miloslav milos miroslav miroslava monika nadezhda natalia natalya nikita nikola nikolai
    nikolay nikolaos nina oksana oleg oleksandr olena olga ondrej pavel pavla pawel pavol petar petr petra piotr radka radoslav radek rafal
    renata robert roman rostislav ruslan sandor sergei sergey serhiy slavko sergiy snezana sofiya stanislav stanislaw stefan stepan
    svetlana sylwia tamara taras tatiana tatyana teodor tereza tomas tomasz tomislav urszula vaclav vadim valentina valeriy vasil vasile
    vasily vera veronika viktor viktoria violeta vitaly vlad vladimir vladislav vlasta vojtech volodymyr vyacheslav wanda wieslaw
    wiktor wojciech yana yaroslav yelena yevgeny yulia yuri yuriy zbigniew zdenek zdenka zofia zoran zuzana zsolt zsuzsa istvan
    ferenc gabor attila balazs eszter katalin ildiko agnes tamas zoltan imre";

const ARABIC: &str = "
    abbas abdallah abdel abdul abdullah abdulrahman adel adnan ahmad ahmed aisha akram ali alia amal amin amina amir amira ammar anas anwar
    asma ayman aziz bashar bassam bilal dalia dina fadi fahad faisal farah farid faris fatima fatma firas ghada habib hadi hala hamad
    hamid hamza hana hani hanan hasan hassan hatem haya hiba hisham huda hussain hussein ibrahim imad iman ismail jamal jamila jawad kamal
    karim karima khadija khaled khalid laila lamia layla leila lina mahmoud majid malik mariam maryam marwan maysa mohamad mohamed mohammad
    mohammed mona mostafa muhammad muna mustafa nabil nada nadia nasser nawal noor nour omar osama othman qasim rami rana rania rashid
    reem rima saad sabah sahar said salah saleh salem salim salma sami samia samir samira sana sara sayed shadi sultan sumaya tamer tarek
    tariq umar usman waleed walid yahya yasir yasmin yasmine youssef yusuf zahra zainab zaki zayd zeinab ziad ayse mehmet mustafa emre
    hakan murat fatih zeynep elif hatice emine ozlem burak cem deniz ece hasan huseyin kemal selin sibel serkan yusuf";

const SOUTH_ASIAN: &str = "
    aarav aarti abhishek aditi aditya ajay akash akshay amit amitabh amrita anand ananya anil anita anjali ankit ankita anuj anup anurag
    aparna arjun aruna arun arvind asha ashish ashok ashwin avinash bhavna chandra deepa deepak devi dinesh divya ganesh gaurav gautam geeta
    girish gita gopal govind hari harish harsh harpreet hemant indira ishaan jagdish jaya jayesh jyoti kamala kamlesh karan karthik kavita
    kavya kiran kishore krishna kumar lakshmi lata lalit madhav madhu mahesh mala manish manisha manjit manoj meena meera mehul mohan mohit
    mukesh naveen neel neelam neeraj neha nikhil nilesh nisha nitin padma pankaj parul parvati pooja prabhu pradeep prakash pranav prashant
    praveen preeti priya priyanka puneet pushpa rahul raj raja rajan rajat rajeev rajendra rajesh rajiv rakesh ram raman ramesh rani ranjit
    rashmi ravi rekha ritu rohan rohit roshan sachin sandeep sangeeta sanjay sanjeev santosh sarita satish savita seema shalini shankar
    shanti sharad sharmila shashi shilpa shiv shivani shreya shruti shweta siddharth sita smita sneha sonal sonia subhash sudha sudhir
    sujata sumit sunil sunita suraj suresh sushma swati tanvi tarun uma umesh usha vandana varun vidya vijay vikas vikram vimal vinay
    vineet vinod vishal vivek yash yogesh zubair farhan imran junaid kashif nadeem naveed salman shahid shahrukh tahir tanveer nimal
    kasun chaminda sanath ruwan thilini nadeesha dilani";

const EAST_ASIAN: &str = "
    akiko akio akira asuka ayaka ayumi chiaki daiki daisuke eiji emi emiko fumiko goro haruka haruki haruto hana hideki hideo hiroki
    hiroko hiroshi hiroyuki hisashi ichiro isamu jiro jun junichi junko kaito kana kaori kazuki kazuko kazuo keiko keisuke ken kenichi kenji
    kenta kiyoshi koichi koji kumiko kyoko mai makoto mamoru mana mari mariko masahiro masako masaki masao masaru mayumi megumi michiko
    midori miho mika miki minoru misaki mitsuko miyuki momoko nana nanami naoki naoko naomi natsuki nobu nobuko noboru noriko osamu
    reiko ren rie rina ryo ryota sachiko sakura satoshi satoko sayaka shigeru shin shinichi shinji shiori shizuka sho shota shun sota
    susumu tadashi taichi takahiro takako takashi takeshi takuya tamiko taro tatsuya tetsuya tomoko tomoya toru toshiko toshio tsubasa
    tsuyoshi yasuko yasuo yoko yoshiko yoshio yui yuka yuki yukiko yukio yuko yumi yumiko yusuke yuta yuto
    wei xiaoming xiaoli xiaoyan fang jing jie jian jianguo hong hui lei li ling min mei meiling ming na ning ping qiang qing rong tao ting
    wen xia xin yan yang ying yong yu yun zhen zhi zhiwei guo haoran zihan chun siew boon kah seng hock swee geok bee lian kok
    minjun jiwoo jihoon jiho seojun hyun hyunwoo jisoo minji sujin sungho youngho eunji hana soojin yuna dong jae joon kyung seung
    anh binh chi cuong duc dung duy giang ha hai hanh hien hieu hoa hoang hung huong huy khanh kien lan linh loan long mai minh my nam
    nga ngoc nhung phong phuc phuong quan quang quoc son tam thang thanh thao thi thu thuy tien toan trang tri trung tu tuan tung tuyet
    van viet vinh xuan yen somchai somsak siti nur nurul aminah rohani azman azlan hafiz farid izzati putri dewi budi agus slamet wayan
    made ketut eko sri rina ratna joko bambang";

const ENGLISH_SURNAMES: &str = "
    abbott adams adkins aguirre akers alexander allen allison anderson andrews archer armstrong arnold ashton atkins atkinson austin avery
    bailey baird baker baldwin ball ballard banks barber barker barlow barnes barnett barr barrett barron barry bartlett barton bass bates
    baxter beach bean beard beasley beattie beck becker bell bender bennett benson bentley berg berger bernard berry best bird bishop black
    blackburn blackwell blair blake blanchard blankenship bolton bond booth bowen bowers bowman boyd boyle bradford bradley bradshaw brady
    branch bray brennan brewer bridges briggs bright britton brock brooks brown browning bruce bryan bryant buchanan buck buckley bullock
    burch burgess burke burnett burns burris burton bush butler byrd byrne cain caldwell callahan cameron campbell cannon carey carlson
    carney carpenter carr carroll carson carter cartwright carver case casey cash chambers chandler chapman charles chase christensen church
    clark clarke clay clayton clements cobb cochran cole coleman collier collins combs compton conley connell conner connolly conrad conway
    cook cooke cooley cooper copeland corbett cotton cowan cox coyle craig crane crawford cross crosby cummings cunningham currie curry
    curtis dale dalton daly daniel daniels daugherty davenport davidson davies davis dawson day dean decker delaney dempsey dennis dickerson
    dickson dillon dixon dodson doherty dolan donaldson donnelly donovan dorsey dougherty douglas downey downs doyle drake driscoll dudley
    duffy duke duncan dunlap dunn durham dwyer dyer eaton edwards elliott ellis ellison emerson england english erickson evans everett ewing
    farley farmer farrell faulkner ferguson field fields finch finley fischer fisher fitzgerald fitzpatrick fleming fletcher flood flowers
    floyd flynn foley forbes ford foreman forrest forsyth foster fowler fox francis frank franklin frazier freeman french frost fry fuller
    fulton gaines gallagher gallegos galloway gamble gardner garner garrett garrison gates gentry george gibbons gibbs gibson gilbert giles
    gill gillespie gilmore glass glenn glover goddard goff golden goldberg good goodman goodwin gordon gould graham grant graves gray green
    greene greenwood greer gregory griffin griffith grimes gross guthrie guy hahn haines hale hall hamilton hammond hampton hancock hanna
    hansen hanson hardin harding hardy harper harrell harrington harris harrison hart hartman harvey hatfield hawkins hayden hayes haynes
    heath hebert henderson hendricks henry henson herbert herman herring hess hewitt hickman hicks higgins hill hilton hines hinton hobbs
    hodge hodges hoffman hogan holcomb holden holder holland holloway holmes holt hood hooper hoover hopkins hopper horn horne horton house
    houston howard howe howell hubbard huber hudson huff huffman hughes hull humphrey hunt hunter hurley hurst hutchinson huynh hyde ingram
    irwin jackson jacobs jacobson james jarvis jefferson jenkins jennings jensen jimenez johns johnson johnston jones jordan joseph joyce
    kane kaufman kay keith keller kelley kelly kemp kennedy kent kerr key king kinney kirby kirk kirkland klein knapp knight knowles knox
    koch kramer lamb lambert lancaster lane lang lara larsen larson law lawrence lawson leach leblanc lee leonard lester levine levy lewis
    lindsay lindsey little livingston lloyd logan long love lowe lowery lucas lynch lynn lyons macdonald mack mackay mackenzie macleod
    madden maddox mahoney maldonado malone mann manning marks marsh marshall martin mason massey mathews mathis matthews maxwell may mayer
    maynard mayo mcallister mcbride mccall mccarthy mccarty mcclain mcclure mcconnell mccormick mccoy mccullough mcdaniel mcdonald mcdowell
    mcfadden mcfarland mcgee mcgowan mcgrath mcgregor mcguire mcintosh mcintyre mckay mckee mckenzie mckinney mckinnon mcknight mclaughlin
    mclean mcleod mcmahon mcmillan mcneil mcpherson mead meadows melton mercer merrill merritt meyer meyers middleton miles millar miller
    mills mitchell monroe montgomery moody moon mooney moore moran morgan morris morrison morrow morse morton moses mosley moss mueller
    mullen mullins munoz murphy murray myers nash neal neil nelson newman newton nichols nicholson nielsen nixon noble nolan norman norris
    norton oakley obrien oconnell oconnor odonnell oneal oneill odom ogden oliver olsen olson orr osborn osborne owen owens page palmer
    park parker parks parrish parsons pate paterson patrick patterson patton paul payne pearce pearson peck pennington perkins perry
    peters petersen peterson petty phelps phillips pickett pierce pittman pitts poole pope porter potter potts powell powers pratt preston
    price prince pritchard proctor pruitt puckett pugh quinn ramsey randall randolph rankin rasmussen ratliff ray raymond reed reese reeves
    reid reilly reynolds rhodes rice rich richard richards richardson richmond riddle riggs riley ritchie roach robbins roberson roberts
    robertson robinson robson rodgers rogers rollins rose ross rowe rowland roy rush russell russo rutherford ryan salisbury sampson sanders
    sanderson sanford saunders savage sawyer schmidt schneider schroeder schultz schwartz scott sears sellers sexton shaffer shannon sharp
    sharpe shaw shelton shepard shepherd sheppard sherman shields short simmons simon simpson sims sinclair singleton skinner slater sloan
    small smith snider snow snyder solomon sparks spears spence spencer stafford stanley stanton stark steele stein stephens stephenson
    stevens stevenson stewart stokes stone stout strickland strong stuart sullivan summers sutherland sutton swanson sweeney sweet sykes
    talley tanner tate taylor terrell terry thomas thompson thomson thornton tierney tillman todd townsend tracy travis trevino tucker turner
    tyler tyson underwood vance vaughan vaughn vincent vinson wade wagner walker wall wallace waller walls walsh walter walters walton ward
    ware warner warren washington waters watkins watson watt watts weaver webb weber webster weeks weiss welch wells west weston wheeler
    whitaker white whitehead whitfield whitley whitney wiggins wilcox wilder wiley wilkerson wilkins wilkinson william williams williamson
    willis wilson winters wise witt wolf wolfe wood woodard woodruff woods woodward wooten wright wyatt wynn yates york young doe roe";

const SPANISH_AND_FILIPINO_SURNAMES: &str = "
    abad abaya abella acosta acuna advincula agbayani aguilar aguirre agustin alcantara alcaraz alfonso almeda almonte alonso alonzo alvarado
    alvarez amador andaya andrada antonio apostol aquino aragon arce arellano arevalo arias arroyo asuncion atienza avila avelino ayala
    bagatsing balagtas ballesteros baltazar banzon barrientos barrios bartolome basilio batungbakal bautista bayani belmonte beltran
    benitez bermudez bernardo blanco bonifacio borja briones bueno buenaventura bustamante caballero cabrera cabral calderon calma camacho
    campos canlas cano capulong carbonell cardenas caro carpio carrasco carreon carrillo castaneda castillo castro catacutan cayabyab
    cervantes chavez cinco cojuangco concepcion contreras cordero cordova corpuz corpus cortes cortez crisostomo crespo cruz cuevas custodio
    dagohoy dalisay david delacruz delgado delosreyes delosantos delrosario diaz dimaculangan dimaandal dimagiba dizon domingo dominguez duran dumlao
    ebreo elizalde encarnacion enriquez escobar escudero espino espinosa espiritu esguerra estrada estrella evangelista fajardo falcon
    feliciano felipe fernandez fernando ferrer figueroa flores florendo fontanilla fuentes galang galindo gallego galvez garcia garza gatchalian
    gatdula gil gomez gonzaga gonzales gonzalez guerrero guevarra guevara guinto gutierrez guzman hernandez herrera hidalgo hilario ibanez
    ibarra iglesias ignacio ilagan jacinto javier jimenez juarez katigbak laurel lacson lagman lapuz lara lazaro leon legaspi leviste
    lim liwanag llamas locsin lopez lorenzo lozada lozano lualhati luna macapagal macaraeg madrigal magat magbanua magno magpantay magsaysay
    malabanan maldonado malonzo mallari manalastas manalo mangubat manlapaz manuel marasigan marcelo marcos marquez martinez mateo matias
    medina mejia melendez mendez mendoza mercado miranda moises molina montano montemayor montero montes mora morales moreno munoz nacpil
    natividad navarro nepomuceno nicolas nieves nolasco nunez obispo ocampo ochoa olivares ong oracion orozco ortega ortiz osorio pacheco
    padilla pagtalunan palma panganiban pangilinan paredes parungao pascual pasion pastor patricio paz pena peralta perez pimentel pineda
    pinto ponce porras prado prieto puno quiambao quijano quimpo quinto quintos quirino quizon ramirez ramos rayos recto regalado reyes rico
    rios rivas rivera rivero rizal robles rocha rodriguez roldan romero romualdez rosales rosario rosas roxas ruiz rubio saavedra salas salazar
    salcedo salonga salvador samonte samson sanchez sandoval sangalang santiago santos santo sarmiento sebastian serrano silva silvestre
    simbulan sison soler solis soriano sotto soto suarez sumulong sy tadeo tan tantoco tejada tiongson tolentino torres torralba trinidad
    ubaldo umali uy valdez valencia valenzuela valera valerio vargas vasquez vazquez vega velasco velasquez velez vera vergara vicente vidal
    villa villafuerte villalobos villamor villanueva villar villaruel villegas villena vinluan yap yambao yu yulo zabala zamora zapata zarate zaragoza zavala zuniga";

const EUROPEAN_SURNAMES: &str = "
    aalto abreu adam albrecht almeida alves amorim andersen andersson andre araujo arnold arnaud aubert aubry bach bakker barbieri barbosa
    barbier baron barre barros bauer baumann baumgartner becker beck beckmann benoit berger bergmann bergstrom bernard bernardi bertrand
    bianchi blanc blanchard bohm boer bonnet borges bos boucher bouchard boulanger bourgeois brand brandt braun breton brouwer brun brunet
    bruno buchholz busch cardoso caron carpentier caruso carvalho castelli charpentier chevalier christensen clement colin colombo conti
    correia costa coste costanzo cunha dahl david deluca denis desantis devos dias dietrich dijkstra dubois dufour dumas dumont dupont
    durand duarte duval ebert eckert eklund engel eriksson esposito evers fabre faber faria faure favre fernandes ferrara ferrari ferraro
    ferreira fiore fischer fleury fontana fontaine fournier francois frank franke friedrich frey fuchs gaillard galli garnier gatti
    gauthier gautier geiger gerard giordano girard giraud goncalves gomes gosselin graf greco grimm gross gruber gunther guerin guerra guillaume
    gustafsson haas hahn hansen hansson hartmann heinrich henry hermann herrmann hoffmann hofmann holm horn huber hubert jacob jacobs
    jager jahn jansen janssen janssens jansson jensen johansen johansson joly jonsson jorgensen jung kaiser karlsson keller klein koch kohler
    konig kraft kramer kraus krause kroger kruger kuhn kunz lacroix lambert lang lange larsson laurent lebrun leclerc lecomte lefebvre
    lefevre leger legrand lehmann leite lemaire lemoine leroux leroy lindberg lindgren lindstrom lombardi longo lopes lorenz louis ludwig
    lucas lund machado maes maier mancini marchal marchand marchetti marco maria mariani marino marques martel martens martin martinelli
    martini martins marx masson mathieu matos mayer mazza meier meijer melo mendes mercier messina meyer michel mertens moller monteiro monti
    moreau moreira morel moretti morin moser moulin muller mulder neumann neves nguyen nicolas nielsen nilsson noel nogueira nunes olivier
    olsson otto pagano palumbo paris parisi pedersen pellegrini pereira perret perrin persson peeters petersen petit pfeiffer philippe picard
    pichon pinto pires pohl poirier ramos rasmussen renard renaud rey ribeiro ricci richter riva rinaldi ritter rizzo robert robin rocha
    roche roger rodrigues romano rossi roth rousseau roussel roux roy russo sala santoro santos sauer schaefer schafer scherer schmid schmidt
    schmitt schmitz schneider scholz schreiber schroder schubert schulte schulz schulze schumacher schuster schwarz seidel sergeant serra
    silva simon smit soares sommer sousa sorensen stein steiner svensson tavares teixeira testa thomas thompson thomsen tremblay
    vandenberg vanderlinden vasseur vaz vieira villa vincent visser vitale vogel vogt voigt vos wagner walter weber weiss werner wilde
    willems winkler winter wirth wolf wolff zimmermann ziegler";

const EASTERN_SURNAMES: &str = "
    adamek antonov babic balogh baran belov benes bielak bogdanov bondarenko borkowski cerny chalupa chmielewski czarnecki dabrowski
    dimitrov dolezal dostal dudek dvorak fedorov farkas fiala georgiev gorski grabowski hajek hanus hordiyenko horak horvat horvath hruska
    ivanov ivanova ivanenko jankovic jankowski jaworski jelinek jovanovic kaminski kaczmarek kolar kolesnik kos koval kovac kovacevic kovacs
    kovalenko kowalczyk kowalski kozak kozlov kral kravchenko krawczyk krejci kucera kuznetsov kwiatkowski lebedev lewandowski lis
    lysenko majewski makarov malek malinowski marek marinov markovic mazur melnyk michalski mihaylov mikhailov milosevic molnar moravec
    morozov nagy nemec nemeth nikolaev nikolic nikolov novak novakova novikov novotna novotny nowak nowakowski olszewski orlov ostrowski
    papadopoulos pavlov pavlovic pawlak pawlowski petkov petrenko petrov petrova petrovic piotrowski pokorny polak popa popescu popov
    popovic prochazka radu romanov rusu rutkowski savchenko sedlacek semenov shevchenko sikora simic sidorov smirnov sokolov sokolowski
    stoica stojanovic svoboda szabo szewczyk szymanski tkachenko todorov toth urban vanek varga vasiliev vesely vlasov volkov vasilev
    wieczorek wisniewski witkowski wojciechowski wojcik wozniak wrobel wroblewski zajac zaitsev zalewski zelenka zeman zielinski zukowski";

const ARABIC_SURNAMES: &str = "
    abbas abbasi abdallah abdi abdo abdullah ahmad ahmadi ahmed akbar ali amin amiri ansari aslam awad ayoub aziz bakr darwish fadel farah
    farouk ghani habib haddad hakim halabi hamad hamdan hamid hasan hashemi hashimi hassan hossain hosseini husain hussain hussein ibrahim
    iqbal ismail jaber jafari javed kamal karim karimi kazemi khalil khan khatib khoury mahdi mahmood mahmoud malik mansour mansoor masri
    mirza mohamed mohammadi mohammed mousa mousavi musa mustafa najjar nasr nasser nazari omar osman othman qasim qureshi rahimi rahman
    rashid rezaei saad sabbagh saeed saleh salem salim salman sayed shah shaikh shams sharif sheikh siddiqui suleiman syed taha younis
    yousef yousif zaman yilmaz kaya demir celik sahin yildiz yildirim ozturk aydin ozdemir arslan dogan kilic aslan cetin kara koc kurt";

const SOUTH_ASIAN_SURNAMES: &str = "
    acharya agarwal aggarwal ahluwalia arora babu bajaj banerjee basu bhagat bhardwaj bhat bhatia bhatt bhattacharya bose chakraborty chandra
    chatterjee chaudhary chauhan chawla chopra choudhury das dasgupta datta desai deshmukh deshpande devi dey dhawan dixit dubey dutta
    fernando gandhi garg ghosh gill goel gokhale gopal goswami goyal grewal guha gupta iyer jadhav jain jha joshi kadam kapadia kapoor
    kapur kaul kaur khanna khatri kohli krishnan kulkarni kumar lal mahajan malhotra mathur mehra mehta menon mishra misra mittal modi
    mohan mukherjee nair naidu nanda narayan nath nayak nigam ojha pai pandey pandit parekh parmar patel pathak patil pillai prabhu
    prakash prasad purohit rai raj rajan raju ram raman rana rane rao rastogi rathore raut reddy roy sahu saini samant sandhu sane sarkar
    sawant saxena sen sengupta seth sethi shah sharma shenoy shetty shinde shukla sidhu singh sinha solanki soni srinivasan srivastava
    subramanian sundaram suri swamy talwar tandon thakkar thakur tiwari tripathi trivedi upadhyay varghese varma venkatesh verma vyas
    yadav perera silva fernando jayawardena bandara dissanayake wickramasinghe gunawardena rajapaksa shrestha thapa gurung rai tamang";

const EAST_ASIAN_SURNAMES: &str = "
    abe ando aoki arai chiba endo fujii fujimoto fujita fujiwara fukuda goto hamada hara harada hasegawa hashimoto hayashi hirano honda
    hoshino iida ikeda imai inoue ishida ishii ishikawa ito iwasaki kaneko kato kawaguchi kawasaki kikuchi kimura kinoshita kobayashi kojima
    kondo kono kubo kudo maeda maruyama masuda matsuda matsui matsumoto matsuo miura miyamoto miyazaki mizuno mori morita murakami murata
    nagai nakagawa nakajima nakamura nakano nakayama nishimura noguchi nomura ogawa okada okamoto okazaki ono onishi ota otsuka saito sakai
    sakamoto sakurai sano sasaki sato shibata shimada shimizu sugawara sugimoto sugiyama suzuki takada takagi takahashi takeda takeuchi tamura
    tanaka taniguchi tsuchiya uchida ueda ueno wada watanabe yamada yamaguchi yamamoto yamashita yamazaki yano yokoyama yoshida yoshikawa
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang han feng deng cao peng zeng
    xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao lim tan ng ong wong goh chua chan koh teo ang yeo tay
    ho low toh sim chong chia seah quek lau cheung leung kwok lam ngai fong chow yip kwan mak chiu tsang hui
    kim lee park choi jung kang cho yoon jang lim han shin seo kwon hwang ahn song ryu hong jeon ko moon yang bae baek heo nam
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh truong doan dao mai
    rahman ismail abdullah hassan ibrahim yusof osman hamid aziz razak wijaya susanto santoso hidayat setiawan kusuma saputra nugroho
    pratama wibowo gunawan halim hartono siregar simanjuntak nasution charoen saetang wongsakul";
