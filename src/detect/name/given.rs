//! Given names in wide use, by where they are common: corroboration, never proof.
//!
//! Origin: written for this project as facts of common knowledge – names that public statistics of births and censuses of these
//! countries show again and again; no list was copied. Letters are folded: `josé` is `jose`, `müller` is `muller`.

/// Given names.
pub(super) const ALL: &[&str] = &[
    ENGLISH,
    SPANISH_AND_FILIPINO,
    EUROPEAN,
    EASTERN,
    ARABIC,
    SOUTH_ASIAN,
    EAST_ASIAN,
    MORE_ENGLISH,
    IBERIAN,
    LUSOPHONE,
    ITALIAN,
    FRENCH,
    GERMAN,
    DUTCH,
    NORDIC,
    POLISH,
    CZECH_AND_SLOVAK,
    HUNGARIAN,
    SOUTH_SLAVIC,
    ROMANIAN,
    RUSSIAN_UKRAINIAN_BULGARIAN,
    GREEK,
    TURKISH,
    MORE_ARABIC_AND_PERSIAN,
    AFRICAN,
    INDIAN,
    JAPANESE,
    CHINESE,
    KOREAN,
    VIETNAMESE,
    INDONESIAN_AND_MALAY,
    THAI,
    MORE_FILIPINO,
];

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

const MORE_ENGLISH: &str = "
    abdiel abram abner ace adalyn addie addyson adelaide adelia adelynn adrianna adrienne agatha ainsley aiyana alaina alannah alayna alden
    aleena alexia alfreda aliya aliyah aliza allegra allie allyson alonzo alphonse alphonso alton alva amara amari amaya ambrose amie amya
    anabella anabelle andi andie angie anjelica annabella annalise annamarie annemarie annmarie ansel antoinette antony antwan ariella
    arielle arleen arlo armand armani arnie arron artie arvid aryan ashlyn ashlynn athena aubree augusta augustus aurelia avis aviva ayanna
    ayden ayla azalea barney barrett baxter beau beatrix becca belinda benita bennie benny bentley berenice bernadine bernie bert berta
    bertha bertram bessie bethan betsy bettie bettina bev birdie blaine blair blanche bob bobbi bobbie bowen boyd braden braeden brandie
    brandyn brannon braxton breanna brenna brenton breonna bret briar brice brielle briggs brigid briony bristol britney britt brittani
    brock bronson bronwyn brooklynn bryanna bryanne brynlee brynn bryony bud buddy burt buster caden cadence caiden cale callie calla
    calista camron candi candis caren carey cari carissa carlene carley carlie carlton carlyle carmel carmella carolyne carolynn caryn cary
    cassie cath catharine catherina cathleen cathryn cayden cecily cedrick celeste chadwick chanel chantel charissa charla charlee charleen
    charley charlize charmaine chas chauncey chaz cheri cherie cheyenne chelsey chip chiquita christal christen christene christi christiana
    christin christoper chuck ciara cierra ciaran cindi clair clare clarisse claudette clay clem clementine clemmie clarice cleo cleta
    cletus clive clovis coleen coleman collin concetta conrad cora coraline cordelia corene corina corine corinna cormac cornelius corrina
    corrine cortney cosmo crispin cristal cristin cristopher cruz cullen curt cyndi cyrus dabney dahlia dallin damaris damion danae dane
    danelle danette dania danica daniella danika danita dannie danyel darcie darcy daren darin darla darleen darnell daron darrel darrin
    darron darwin davin davina davis davon dax dayna dayton deacon deandre deann deanne dee deena deidre deirdre delaney delbert delilah
    della delmar delmer delois delores deloris demetria demetrius demi dena denisse dennie denny denver denzel deon desi desmond destinee
    devan deven devon devonte dewayne dewey diamond diandra dinah dino dion dionne dixie dolly dominick donavan donnell donnie donny donovan
    dora dorian dorinda dorine dorthy dot dottie dougal doyle drake draven dudley dulce duncan dusty dwain dyan dyana eamon earlene earline
    earnest easton ebenezer ebony eddy eden edie edison edmond edsel edwina effie eilidh elaina elana elbert elda eldon eleanora eleanore
    elenor eliana elinor eliot elisabeth elisha elissa eliza elma elmer elmo elna elnora eloise elouise elroy elton elva elvin elvis elwood
    elyse emerson emery emilee emmaline emmett emmitt emmy emory enid enoch ephraim erick ericka erma erna ernestine ernie errol ervin erwin
    esau esme essie estella ester ethelyn etta eugenie eunice eustace evangelina evelina evie ewan fae faye fern fidelia fifi finley
    finnegan finnian fletcher fleur flo flossie fran francine frankie fraser freeman frida frieda fritz gabe gael gareth garret garth gayla
    gayle gaylord gena genesis geneva genevieve genie geoff georgette georgiana georgianna georgie geri germaine gerry gertie gianna gideon
    gil giles gillian ginny glendon glenna glennis glynis godfrey goldie grady graeme gracelyn granville grayson greer greyson griffin
    griselda grover guinevere gunner gus gussie gwyneth gwenda hadley haley halle hallie hamish hank harlan harland harley harmon harmony
    harris hattie hayleigh haylee heath heloise herb herbie hermione hershel hettie hezekiah hillary hiram hobert hollie hollis homer horace
    hosea houston howie hoyt huey huw hyman iain iesha ignatius ike ilene iliana imani imogene ione ira irvin irving irwin isa isabela
    isadora isaias isai iseult ishmael isiah isidore isis israel issac itzel iva ives ivory izaiah izzy jabari jacelyn jacinta jackeline
    jackelyn jacki jacklyn jaclyn jada jadyn jaelyn jagger jaida jaiden jair jakayla jaleel jalen jamaal jamar jamarcus jameson jamia jamil
    jamison janae janell janelle janessa janie janiya janna jannette jannie jaqueline jarod jarrod jarvis jasmyn javon jaxon jaxson jayce
    jaycee jayda jayla jaylen jaylin jaylynn jayne jazmin jazmine jeana jeane jeanetta jeanie jeanine jeannette jeannie jeannine jeb jed
    jedediah jefferson jemima jemma jena jenifer jenn jennie jennings jenson jeremey jeri jermey jerold jerri jerrod jerrold jess jessamine
    jessika jethro jett jewel jillianna jimmie joana joelle joellen johana johnathon johnie johnna johnnie jolene jolie jolyon jonas
    jonathon joni jordyn jordana jorja joselyn josette josiah josue jovan joanie judah judd jude judi judie judson jules julianna julisa
    julissa junior justice justina justine kadin kaelyn kaia kailey kailyn kaila kaitlin kaitlynn kala kale kaleb kaleigh kaley kali kallie
    kameron kamryn kandace kane kareem kareena karley karlie karma karol karolyn karrie karson karter karyn kasandra kasey kassandra kassidy
    kassie katelin katelynn katerina katharine kathi kathie kathlyn kathryne katlin katlyn katlynn katy katya kaya kaycee kaydence kayden
    kayleigh kaylie kaylin kaylyn keagan keaton keegan keeley keenan keesha keisha kelan kelby kellen kelton kelvin kelvyn kenan kendal
    kendall kendrick kenna kennedi kennedy kennith kenny kenton kenyatta kenyon keri kermit kerri kerrie kesha keshawn keven keyla keyon
    khalil khloe kian kiana kiara kiera kieron kiersten kiley killian kimball kimber kimberlee kimberlie kimi kinley kip kirby kirstie
    kirstin kit kitty kizzy klara knox kobe kody kolby kole kolton konner konnor korey kori kory kourtney kris krish krissy kristal kristan
    kristie kristopher kristyn krysta krystina krystle kurtis kyla kylan kyleigh kyler kyra kyran kyree lacey laci lacie lacy ladonna lainey
    lakeisha lakesha lamar lamont lana landen landon landyn lane laney lanny laquita lark larissa lashawn lashonda latasha latisha latonya
    latrice laurel laureen laurena laurene laurette laverne lavinia lavon lavonne lawanda lawson layne layton leann leanna leandra leander
    leatrice leda leif leighton leilani lela lelia leland lemuel len lenard lenny lenora lenore leola leona leontyne leopold leora lesa
    leslee lessie leta letha letitia lettie letty levi lex lexi lexie lia liana liane lianne libby liberty liesel lilah lilian liliana lilla
    lillianna lilith lilly lincoln linnea linette linwood lisabeth lisette lissa lita liv livia livvy lizbeth lizette lizzie loganne lolita
    lon lona lonnie lonny loraine loralee loreen lorelei loren lorene loriann lorie lorinda lorna lorne lorri lottie lou louann louella
    louie louisa lowell lowri luana luann luanne lucca lucian luciana lucina lucinda lucius lucretia luella lulu luna lupe luther lyla lyman
    lyndsay lyndsey lyndon lynna lynnette lynsey lyric mabelle mac macey maci macie macy maddie maddison maddox madalyn maddy madelaine
    madelyn madelynn madge madie madilyn madisyn madonna maegan maeve magdalene maggie maia maida maira maisy maitland makayla makenna
    makenzie malachi malachy malakai malaya malia malinda malissa mallory malvina mamie manda mandi manning marcelina marceline marcellus
    marci marcie marcy mareli margarete margarett margarette margaux margery margo margret mariah marianna maricela mariela marilee marilynn
    maris mariska marita maritza marius marjory marla marleen marlena marley marlin marlo marlon marlyn marna marni marnie marquis marquise
    marquita marsh marti marty marva marybeth maryanne maryellen maryjane maryjo marylin marylou mathew mathilda mattie maude maura maurine
    maverick mavis maximilian maximus maybelle mckayla mckenna mckenzie mckinley meagan mechelle meg meggan meghann mel melany melina melisa
    melissia mellisa melodie melodye melva melvyn meri merilyn merle merlin merna merrill merry merton merv mervin meryl messiah mica
    micaela michaella micky mikaela mikayla mikel mikey milana miley milford millard millicent milly milo mimi mina minna minta mira mirabel
    miracle mireya mirna misti mitch mitchel mittie mitzi moesha moira mollie monroe monserrat monte montgomery monty mordecai morgana
    moriah morton moses mose moshe moya mungo murray mya myah mycah myla myles myranda myriam myrna myron naima nakia nancie nanette nannie
    naomie napoleon nash nasir natalee nataly nathalia nathanael nathanial nathen natosha ned nedra nehemiah nell nelle nelly nerissa nettie
    neva nevaeh neville nia niall nichelle nichol nicki nickolas nicky nicolaus nicolette nicolle niki nikki nikolas nita nixon noble noelle
    noelia nola nolan nona noreen norris norwood novella nyah nyla oakley obadiah octavia octavius odell odessa odette odis olin olivine oma
    omari omer ona oona opheila ophelia ora oralia oren oriana orin orion orla orlaith orson orval orville osbert osborn oswald otha otis
    owain ozzie padraig paisley palmer paloma pamella pansy parker pasquale patience patrica patrina pattie patty paulene paulina pauletta
    paxton payton pearlie peggie pepper percival pernell petula peyton phaedra pheobe philippa phillipa philomena phineas phoenix pia pierce
    piper porfirio porter porsha portia presley princess priscila prudence qiana quincy quinlan quinten quintin quinton racheal rachelle
    racquel rae raegan raelynn raheem rahsaan raina ralphie ramsay rand randal randi randolph rashad rashida raven raya rayan raylene raymon
    rayna raynor reagan reanna reba rebeca rebekah rebekkah reed reese regan reggie reid reilly reina remington rena renae renita reno reta
    reuben reva reyna rhea rheanna rhett rhiannon rhoda rhona rian richie rickie rico ridley rihanna ritchie river rivka roan robbie robby
    rochelle rocky rod roddy roderick rodger rodrick rogan rolanda rollo roma romaine romana rona ronan ronda ronin ronny roosevelt rosalind
    rosalyn rosamond rosamund rosanne roscoe roseann roseanna roseanne roselyn rosella rosetta roslyn rowland roxana roxane roxanna roxie
    royce rubin rube rubie rubye rudolph rudy rue rupert russ rusty ruthann ruthie ryder ryland rylan rylee ryleigh rylie sabra sacha sadye
    saffron sage sal salena salina sallie salome samara sammie sammy samson sandi sanford saniya santana santino santo sanya sariah sarai
    sarina sariyah sasha saundra savanna sawyer scarlet scot scottie scotty seamus selah selby selina selma serenity seymour shaina shakira
    shamar shameka shana shanae shane shania shanice shanika shanna shannan shanon shanta shante shantel shaquille shara sharee sharla
    sharleen sharlene sharonda sharron sharyn shauna shavon shawna shawnee shay shayla shaylee shayna shayne shea sheba sheilah shelbie
    shelia shelli shellie shelton shena sheree sheridan sherie sherill sherilyn sherita sherlyn sherman sherrell sherrie sherron sherwin
    sherwood shiela shiloh shira shirlee shirleen shona shonda shoshana shyla sibyl sid sigmund silvester sinead siobhan skip skyla skylar
    skyler slade solange solomon sonja sonny spencer stacia staci stacie stanford steffi stephan stephani stephania stephany stephenie
    stephon stevie storm stu sullivan sunny suzan suzann suzanna suzette suzie suzy sybilla sylas sylvester tabatha tad taliah talia taliyah
    talon tamar tamera tameka tami tamia tamika tamra tamsin tania taniya tanika tanisha tarik tate tatum tavon tawana tawanna tawny taya
    teagan teddy tegan teena terese teressa terra terrie tess tessa thad thaddeus thalia theodora theodosia theresia theron thora thurman
    thurston tia tiana tianna tiara tierney tiffani tiffanie tilda tillie tilly timmy timothee titus tobey tobin tommie tonia tonja tori
    torey torin torrance torrey tory trace tracie trent trenton tressa trevion trey trina trish trisha trista tristen tristin trudy trudi
    truman trystan tucker turner twila tyree tyrell tyrese tyson ulysses unity uriah uriel valarie valencia valentino valery vance vaughan
    vaughn veda velda velma velvet venessa verity vern vernice vernita vesta veva vickey victorina vida violette virgie vito viva vivien
    vivienne vonda waldo walker wallis walton waneta ward warner warrick waylon webster weldon wendell westley weston whitley wilda wiley
    wilford wilhelmina willena willene willette willian williemae willis willow wilmer wilson windsor winnie winnifred winona winslow
    woodrow woody wyatt wylie xander xandra xanthe yadira yael yahir yancy yasmeen yetta yolande yosef ysabel yulissa zachariah zack zackary
    zain zaire zander zandra zane zaria zayden zayne zelda zelma zena zenobia zeke zeus zina zion zoey zoie zola zora zula";

const IBERIAN: &str = "
    adela adelaida ainhoa ainara aitana alba alberta albino alejo amaia amaranta amaro ambrosio anacleto anahi anastasio aniceto antia
    arancha ariadna ariadne aroa asier asuncion aurea azucena bartolome basilio begona benedicto bernabe bernarda blas borja brisa calixto
    candela candelaria carlota carmina casandra casimiro cayetano ceferino celestina celso charo chelo chema cirilo clemente clotilde
    conchita consolata cosme crescencia crisanto dalila damaso debora deyanira domitila dorotea edelmira edmundo eladio eleuterio eligio
    elisabet eliseo eloy emiliana encarna engracia enma ernestina estefania estibaliz eufemia eulalia eulogio eustaquio evaristo ezequiel
    fabiana fabiola facundo faustino feliciana feliciano florentina florinda fortunato fulgencio gaspar gema genaro geraldina gertrudis
    gines gregoria guillermina gumersindo haydee heliodoro heriberto herminio hilario hipolito humberto ibon idoia ignacia iker inaki
    inmaculada inocencio iratxe isidora itziar izaskun jacobo javiera jeronimo joaquina josep justa justo kepa laia laureano lautaro leire
    leocadia leonel leopoldo lisandro loreto lucrecia ludovico macarena maialen maite marilo marino marisela matilde mauro maximiliano mayte
    melania merche miguela mireia miren modesta montserrat natalio nazaret nerea nicasio nieves nuria oihane olaya olegario oriol paco
    palmira paquita pascuala pastora patxi pepa pepe petrona pio placida pol porfiria primitiva prudencio quique quiteria rafaela raimundo
    reinaldo ricarda roque rosana rosaura roser rosendo salustiano segundo serafin sergi servando severiano silvana silverio silvina sixto
    sol sonsoles tadeo telmo teodosio tiburcio timoteo tomasa toribio trini unai urbano urko uxia vanesa vicenta victoriano virtudes
    wenceslao xabier xavi xoan yago yaiza yasmina yeray yoel zacarias zaida zaira";

const LUSOPHONE: &str = "
    adalberto adao adelino aderbal adriano afonso agostinho almir aloisio amancio americo anderson aparecida arlete arlindo armindo artur
    augusto aureliano belmiro benedita bento bernardete breno caetano caio candido carlinhos carolina cassia catarina caua celina cicero
    claudete cleber cleide conceicao cristiane cristovao dagoberto daiane damiao deise deolinda dilma dinis diogo dirceu domingas duarte
    edilson edite edivaldo edmilson edson eduarda eliane elisabete elza estevao everaldo fabricio filipa filipe genesio geovana geraldo
    gerson getulio gilberto gilmar giovana gisele givanildo glauber glaucia gracinda graziela guilherme heitor helder helio henrique heraldo
    hermano iara iracema isaura itamar ivone jacira jonatas jovelina juarez jurandir jussara katia kaua lais lidiane ligia luan lucilia
    luiza luzia madalena manoel marcio margarida marisete marli mateus matheus mayara mirella moacir murilo neusa neymar nicolau nilton
    nivaldo noemia nuno odair olinda osvaldo otavio reginaldo renan rogerio rosangela rosilene rubens rui sebastiao sueli tadeu tais talita
    tatiane telma thais thales thiago ubirajara vagner valdemar valdir vanda vasco vinicius vitor vitoria viviane wagner waldemar wanderley
    washington wellington yara zelia zilda zulmira";

const ITALIAN: &str = "
    abramo achille adelchi agostino alarico alda alfonsina alighiero amedeo amerigo annalisa annamaria annarita antonello antonietta
    antonina aristide arnaldo assunta attilio azzurra baldassare bartolo biagio bonaventura brigida calogero camillo candida caterina cesare
    cipriano clelia corrado costantino costanza damiano domenica donatella edoardo elettra elio elisabetta emidio ennio enrica enza ermanno
    ettore ezio fabrizia fausto felice ferdinando fiammetta filiberto filippa fiorella fiorenza flaminia fosca franco fulvia fulvio gaetana
    gaia gaspare gennaro germano giacinto giacomo giada gian giancarlo gianfranco gianluigi gianmarco gianpaolo gigliola gino gioacchino
    gioia giordano girolamo giuditta giuliana giulietta giustino goffredo graziano graziella guendalina guglielmo ignazio ilenia immacolata
    innocenzo isacco italo ivano jacopo leonida lino livio lodovico loredana loris lucilla lucio lucrezia ludovica luigia luigina maddalena
    mafalda manlio manola marcello mariangela mariarosa mariateresa marilena maristella marzia massimiliano mercurio michela michelangelo
    mimmo monia morena natale nazzareno nello nicla nicoletta nino nunzia oreste orietta ottavia ottavio palmiro paride pasqua pasqualina
    patrizio pier piera pierangelo pierluigi piero pierpaolo pina pino primo prospero quirino rachele raffaella raffaello raimondo remo
    renzo riccarda rinaldo rino romano romolo romualdo rosina ruggero samanta samuele santina saverio savino sebastiano secondo selene
    serafina settimio silvano silvestro simonetta tarcisio tea telesforo teresio tiziana tiziano tommaso tonino tullio ubaldo umberta vanna
    venanzio verdiana vincenza violante zeno";

const FRENCH: &str = "
    abelard adelie adrien agathe aime alain alban albane albertine alix ambroise amaury anatole andree ange anicet annick anselme apolline
    ariane armelle arsene athenais aubin augustin augustine aurore axelle aymeric baptiste barnabe basile baudouin benedicte berangere
    berthe bertille blaise blandine calixte capucine carine cassandre celestin celie charly christelle clea clothilde coline come constant
    constantin corentin coralie cyprien cyrille davy delphin desire donatien edouard edwige eleonore elian elie eloi elvire emeline emeric
    emilien enguerrand enora erwan eulalie evrard fabien faustine felicie felicien ferdinand fernand fernande flore florentin florie florine
    fortune francette frederic frederique gabin gaelle gaspard gaston gauthier gautier georges germain gervais gilberte gildas gontran
    gregoire guenole guilhem guillemette gustave gwenael gwenaelle gwendoline hadrien harmonie henriette hermine hilaire hippolyte honore
    honorine hortense hugues huguette ignace imane irenee isabeau jacinthe jacky jeremie jocelyne joris josiane josselin juliane julienne
    julietta kilian laure lauriane lauryn leandre leane leonore liliane lilou lise loic louane louisette loup luce lucette lucile ludivine
    lydie lyse mael maeva magalie magaux malo marceau marcelle marielle marilyne marin marjolaine marthe martial martine maryline maryse
    maryvonne matheo mathis mathurin maud maximilien maxence mederic megane mickael modeste morgane muguette mylene nans narcisse natacha
    nine ninon noa noelie nolwenn norah oceane octave octavie odilon olympe ombeline oriane ottilie parfait pascaline paule paulin perrette
    perrine petronille philibert philomene pierrette pierrick prosper prune raoul raphaelle regis reine reynald roberte rodolphe rodrigue
    rogatien rolande romane romaric romuald roselyne rosine sandie saturnin sebastienne segolene seraphin seraphine severin sibylle sidonie
    sixtine solene soline solveig stanislas sybille sylvaine sylvestre sylvette sylviane tancrede telesphore teo theophile theotime thibaud
    thibault timothe titouan toussaint ulysse urbain ursule valentine valere venceslas vianney victoire victorien victorine wandrille
    wilfrid xaviere yanis yoann yohan yseult yvan yvon zacharie zelie zephyr";

const GERMAN: &str = "
    philipp lukas adolf alfons aloisia alwin amalie anica anneliese annett annelie annelore antonie arno balthasar barbel benno berthold bertold bodo
    brunhilde burkhard carolin caspar christl clemens detlev dietlinde dietrich dorte eberhard eckart edeltraud eduard egon ekkehard elfi
    elli elmar emmerich enno erhard eugen evamaria felicitas finja florentine frauke frederik friedemann friederike friedhelm gebhard georg
    gero gertraud gesa gesine gisbert gotthilf gottlieb grete gunda gundula gustaf hagen hajo halvar hannes hanno harro hartwig hasso hauke
    heide heidemarie heidrun heiner heini hella helma helmuth henrike heribert hertha hilke hinrich hubertus ilka ilona imke ina inga inka
    insa irmtraud isolde ivonne jannes jantje janina jella jobst jolanthe jost justus karlheinz karoline klemens knut konstanze korbinian
    kordula kunibert kunigunde lasse leni lennart lennard levin lili lilli lioba lore lotte ludger luise luka malte malwine manja mareike
    mareile margit marko mascha mats mechtild milla nadja natascha neele nele nicolai niko ortrud otfried otmar ottokar peer quirin rabea
    raimund rasmus reiner reinhart reinhild romina ronja rosmarie rosi roswitha ruprecht siegbert sieglinde siegmar sigmar sina sonke svenja
    swantje tabea tamina tassilo theodor thekla thilde thore timm timo timon tjark tomke trude urban urs veit vinzenz vitus volkmar walburga
    walther wendelin wenzel wibke wilhelmine winfried wolf wolfhard wolfram xaver zacharias";

const DUTCH: &str = "
    aafke aagje aaltje aart adriaan albertus alida annelien anneloes annemiek anneroos anouck ansje arend arjan arjen arnoud barend bas
    basje bastiaan beatrijs bernardus berend betje boudewijn brecht carlijn casper christiaan claartje coba cor corrie daan dieuwke dik
    dirkje dorien doutzen eefje eline elly emiel esmee evelien evert fenna fien floor floris frans freek geert geertje geertruida gerben
    gert gertjan gijs gijsbert guus hanneke harm harmen harrie hein heleen hendrika henk henny hester huub ids ien ineke jaap jacco jacoba
    jantine jarno jelle jelmer jeltje jet jip jitse joep joke jolanda jolien jorrit jos josien jurre jurriaan karlijn kasper kees klaas koen
    koos krijn leen leendert lies liesbeth lieve lisanne lobke lodewijk loes loek luuk maaike maartje machiel margreet margriet marieke
    marit marja marjan marjolein marloes martien mathijs matthijs maurits mees meindert melle menno merel michiel miep milou minke mirjam
    mirte myrthe nanda natasja neeltje nienke nynke onno piet pieternel pim pleun rein reinier renske rianne rik rinus robbert roos rutger
    ruud sanne sebastiaan siebe sietske sjaak sjors stef sterre stijn sybren teun teuntje teus theun thijmen thom tijmen tijs tineke tjeerd
    ton toon trijntje truus wessel wieke wieneke wil wilco wim wobbe wout zeger";

const NORDIC: &str = "
    aase agneta agnethe aili aino aleksi alf alfhild amund andrine anette annbritt anneli anni annikki antti arni arvo asbjorn ase asgeir
    aslak aslaug asta astri aune baldur bengt bente berit bertil birger birte birthe bjarni borghild borje brita caj cathrine cecilie
    christer dagny daga dagfinn ebbe egil einar eino eirin eivind elin elina ellinor erkki erland erling esa espen eyvind fredrika frode
    geir gisle gisli gitte gro gry gudbrand gudmund gunhild gunilla gunn gunnel gunvor guri haakon hakon haldis halvor hallvard hanne hannu
    harri heikki helle helmi henna hilding hildur hilja hilkka iben idar ilmari ingegerd inger ingemar ingmar ingunn ingvar ingvild ivar
    iver jaakko janne jannicke jari jarl jarle jarmo jesper joakim johanne jonna jorid jorn jorunn jouni juha juhani jukka jussi jytte kaare
    kaija kaisa kalevi kalle karianne karita katri kauko keijo kerttu kirsti kjartan kjellaug kjersti kjetil knud kristiina kyllikki lauri
    leena lene liisa lilja lillemor linn lone lotta lovisa ludvig magne magni maiken maija maj malene malin maren margareta margaretha
    margrethe margunn maritta marjatta marjo markku martti matti mauno merete merja merethe mikko mikkel mirja mirva mogens morten nanna
    niclas niilo njal oddbjorn oddny oddvar odd odin olaug olav olavi oli olli onni osmo ossi ottar outi ove paal paavo pal palle pasi peder
    pekka pelle pentti perttu petri petter pirjo pirkko poul preben ragna ragnar ragnhild raija raimo rakel rauha rauni reidar reidun reijo
    reima riikka riitta rikard rikke rikka ritva roald roar rolv rune runa saara sakari salla samuli sanna sari satu seija semine seppo
    sigbjorn sigbritt sigfrid signe sigrun sigurd sigurdur sigvard silja silje simen simo sindre sini siren sirkka sirpa siv sivert solfrid
    stein steinar stian stig stina sture sunniva sunna svante svein sveinung svend svenne synne synnove synove taina taisto tapani tapio
    tarja tarmo teemu teija tellervo tero terhi terje terttu thale thor thorbjorn thordis thorleif thorstein thorvald tiina tine toini toivo
    tomi tommi tone tonje tor torbjorn tore torfinn torgeir torgrim torhild torid torill torkel torkild tormod torolf torun torunn torvald
    tove trine troels trond trygve tuija tuomas tuomo tuula tuulikki turid tuva tyra ulla ulrik ulrika unni unto urho vagn valborg valtteri
    vappu vebjorn vegard veikko veli vendela vesa vesla vibeke vidar vigdis viggo vilde vilhelm vilho viljo ville virpi vivi yngvar yngve
    yrjo yrsa ylva";

const POLISH: &str = "
    albin aldona aleksy alicja alojzy anatol andzelika aneta aniela apolonia arkadiusz augustyn barnaba bartlomiej benedykt bernadeta
    bernadetta blazej bogna boguslaw boguslawa boleslaw bonifacy bozydar bronislaw bronislawa brygida cezary cecylia czeslaw czeslawa
    dariusz dawid dobroslaw dominika edyta elzbieta emilian eryk eugeniusz euzebiusz ewelina felicja feliks franciszek franciszka fryderyk
    genowefa gertruda gracjan gustaw halina henryk henryka hieronim honorata ignacy iga ireneusz irmina iwo iwona iza izabela jacek jagoda
    jaroslaw jaromir jozefa judyta juliusz justyna kacper kaja kajetan kalina kamila kasia kazimiera kazimierz klaudia konstanty kornel
    kornelia krystian krystiana krzesimir ksawery kunegunda leokadia longina lucja lucjan ludwik ludwika makary maksym maksymilian malwina
    mariola marzanna marzena matylda mieczyslaw mieczyslawa mikolaj milosz miron miroslaw nela nikodem oktawia oliwia oliwier olgierd otylia
    patryk patrycja pelagia pola przemyslaw radoslaw rajmund remigiusz roksana roza rozalia ryszard sergiusz seweryn slawomir stanislawa
    sylwester szczepan szymon tadeusz teofil tobiasz tymoteusz tytus waclaw walenty weronika wieslawa wiktoria wincenty witold wladyslaw
    wladyslawa wlodzimierz wit zbyslaw zdzislaw zdzislawa zenon zuzanna zygfryd zygmunt eweryst";

const CZECH_AND_SLOVAK: &str = "
    alexej alfonz alojz alzbeta anezka aranka arnost blanka blahoslav blazena bohumil bohumila bohumir bohuslav bohuslava bozidara bretislav
    brigita cenek ctibor dalibor dalimil darina drahomir drahomira drahoslav dusana eliska ema evzen frantisek frantiska gejza hedvika
    hedviga hynek ignac ilja iveta jachym janka jaroslava jindrich jindriska jirina jitka jolana jozefina juraj katka kristyna kveta
    kvetoslav kvetoslava ladislav ladislava leos liba libuse lubor lubos ludek ludvik lumir marketa matej matous mikulas milada miluse milus
    mojmir oldrich olina oto otakar pavlina pravoslav premysl radana radim radomir radovan rastislav ruzena sarka silvie slavomir slavomira
    sona stanislava stepanka svatava svatopluk svatoslav sylva tibor vaclava vendula viera vilem vincenc vit vitezslav vladan vladimira
    vladislava vlastimil vlastimila vratislav zaneta zbynek zdena zdislava zikmund ziva zlatko zlata";

const HUNGARIAN: &str = "
    adorjan agoston akos aladar alajos almos ambrus andor andras angyal anett aniko antal arpad aron balint barna barnabas bence benedek
    bernat bertalan boglarka borbala botond csaba csenge csilla dalma denes dezso domokos dorina dorottya edina edit elek elemer emese emoke
    endre erno erzsebet eszti etelka evelin fanni fruzsina fulop gellert geza gergely gergo gizella gyongyi gyorgy gyorgyi gyozo gyula
    hajnalka hedvig hunor ibolya imola iren izabella janos jeno jolan jozsef jozsefne kalman karoly katinka kitti krisztian krisztina
    kristof lajos levente lorand lorinc lujza marcell mariann marton mate matyas mihaly miklos nandor nikoletta odon orsolya panna piroska
    rebeka reka rezso sarolta szabolcs szebasztian szilard szilvia szilveszter szonja timea tunde tihamer vencel vid vilmos vince virag
    zalan zsanett zsigmond zsofia zsombor zsuzsanna";

const SOUTH_SLAVIC: &str = "
    bojan bojana boro bosko branimir branka branislav branislava bratislav damir danijel danijela danko darko davor dejan domagoj dragana
    drago dragica dragoslav dragutin drazen dubravka dubravko dunja durda dzenan edin elvir emina emir enes fikret franjo frano gordan
    gordana goranka haris hrvoje iskra ivanka ivica izet jadran jadranka jasmina jasna jelena jelka josip josipa jovana jovanka jure jurica
    kata katica kresimir kristijan kruno ksenija lamija lazar ljiljana ljubo ljubomir ljubisa lovre lovro marijan marijana marinko mateja
    mato matija melita mersiha mihovil mijo mile mileva milica milivoj miljana miljenko milka milorad milovan miodrag mirjana miro mirsad
    mladen mladenka momcilo natasa nebojsa neda nedeljko nemanja nenad nevena nevenka nihad nikolina niksa obrad ognjen olivera ognjenka
    pavle perica predrag rade radmila radmilo radoje radosav radojka rajko ranka ranko ratko rastko rozalija ruza sanja sanjin sasa savo
    sead senad senka sinisa slaven slavica slavoljub slobodan slobodanka smiljana spomenka srdan srecko sreten stana stanko stanka stevan
    stipe stjepan stojan suad suzana svetislav svetozar tihana tihomir tin tomislava tonka vanja vedran velibor velimir velimirka veljko
    verica vesna viktorija visnja vjekoslav vjera vlado vlatka vlatko voislav vojin vojislav vuk vukasin zarko zdravko zeljka zeljko zivko
    zivorad zlatan zlatica zoja zorica zvonimir zvonko alenka ales aljaz aljosa andraz andreja anze blaz bostjan bor darja gasper gregor
    grega jaka janez jernej joze jozica klemen kristjan lojze lucija majda marjeta matevz matjaz metka mitja nejc nika nives polona primoz
    rok samo spela stane tadeja tilen tjasa tomaz uros urska vinko zala zan ziga";

const ROMANIAN: &str = "
    alin anca andreea anghel anisoara aurel aurelian aurica beniamin bogdana camelia catalin cezar ciprian claudiu codrin codruta constanta
    cornel costel costin cosmin crina cristi cristinel dacian denisa dimitrie dinu doina dorel doru dragos dumitra dumitru ecaterina
    elisabeta estera eusebiu flaviu floarea florina gavril georgeta gheorghe gheorghita grigore horatiu horia iacob iancu ileana ilie ilinca
    ionel ionela ionica iosif iulia iulian iuliana iuliu ivona laurentiu leonte liviu luminita madalin madalina maricica marinela marioara
    matei mihaela mihail mircea mirela mirona mitica mugur natalita nelu neculai nicolae nicoleta nicusor nistor octavian oana ovidiu petre
    petrica petru petronela radu raluca rares razvan rodica ruxandra sabin sanda septimiu serban silviu smaranda sorin sorina speranta
    stelian steliana tiberiu toader traian tudor vasilica valeriu veaceslav vintila viorel viorica vladut zamfir";

const RUSSIAN_UKRAINIAN_BULGARIAN: &str = "
    afanasy agrafena akim albina aleksey alevtina alexei alexey alfiya alisa alyona anatoliy anatolii anfisa anisim anzhela arkadiy arsen
    arseniy arseny artyom asya averyan avgust borislav danil daniil darya demid demyan dmitriy dmytro efim egor elizar ermolai evdokia
    evgenia evgeniy evgenii evgeniya faina fedora fedot fekla filipp foma frol gavriil gavrila gennadiy georgiy gerasim gleb glafira grigory
    grigoriy ignat immanuil innokenty ioann ionna isaak izolda kapitolina kira klavdia klavdiya klim kliment kondrat kseniya kuzma larisa
    lavrenty leonti lera lev lidiya liliya luba lubov lukerya lyalya lyuba lyubava lyubomir lyudmila lyusya makar maksim marat marfa maryana
    masha matryona matvey matvei mitrofan modest mstislav nadya naina nazar nelli nikanor nikifor nikodim nonna olesya olya onufry orest
    ostap pantelei pelageya platon pologeya polina potap praskovya prokhor prokofy raisa renat rimma rodion ruslana rustam saveliy savely
    savva semen semyon serafim serafima sergii sofya spartak svyatoslav taisia taisiya tamila tikhon timofey timur trofim tsezar uliana
    ulyana ustin valeriya varvara vasilisa vasiliy veniamin vikenty vissarion vitalina vitalik vitaliy vitold vladlen vlada vsevolod yakim
    yakov yanina yaroslava yefim yegor yekaterina yelizaveta yermolai yeva yevdokia yevgenia yevgeniy yevgeniya yulian yuliana yuliy yuliya
    zakhar zhanna zinaida zinoviy zoya andrii bohdana halyna hryhoriy ihor ivanna khrystyna larysa lesya lyudmyla marichka mariia mykhailo
    mykola myroslav myroslava nataliia nataliya nazariy oleh oleksandra oleksii oleksiy orysia petro roksolana serhii solomiya svitlana
    tetiana tetyana valentyna vasyl viktoriia vira vitalii volodymyra yevhen yevheniia yosyp yuliia yurii zoriana asen ani atanas bilyana
    bisera blagovest boyan boyana boyko danail desislav dimitrina dimo dobri dobromir donka elenka ganka gergana gancho grozdan hristina
    hristo ilian iskren ivaylo ivelina kaloyan kamen kiril krasimir krasimira krastyo lyuben lyudmil mariyana metodi mitko nayden nedyalko
    nedelcho neli ognyan penka petya petko plamen plamena radoslava radostina rosen rositsa rumen rumyana silviya slavi spas stamen stoyan
    stoyanka svetla svetlin svetoslav todor todorka tsanko tsveta tsvetan tsvetanka tsvetelina ventsislav vencislav vesela veselin veselina
    violina yanko yavor yoana yordan yordanka zdravka zhivko zlatka";

const GREEK: &str = "
    achilleas adamantios aggelos aggeliki agapi aikaterini alexandros alkis anastasios anestis angeliki antonis antonios apostolos argyris
    argyro aris aristea aristidis aristotelis artemis aspasia athanasios athanasia athina charalampos charis charikleia chrisoula
    christoforos chrysa chrysanthi chrysoula constantinos costas despina dimitra dimitrios dimitris dionysia dionysios dionysis efstathios
    eftychia eftychios eirini ektoras eleftheria eleftherios eleni elissavet elpida emmanouil ermis ersi erato evangelia evangelos fani
    foteini fotini fotis fotios gerasimos giannis giannoula giorgos grigoris haralambos hercules ilias ioanna ioannis iordanis iro isidoros
    iraklis kalliopi kleio kleopatra konstantina konstantinos kostas kosmas kyriaki kyriakos lambros lampros lefteris leonidas loukas loukia
    makis manolis manos marios maroula matina menelaos michail michalis miltiadis minas myrto nektaria nektarios nefeli nikoleta nikos
    odysseas olympia orestis panagiota panagiotis panos pantelis paraskevi paraskevas paschalis pavlos persefoni petros photini polyxeni
    prodromos sakis savvas smaragda sofoklis sotiria sotirios sotiris spyridon spyridoula spyros stamatia stamatis stavros stavroula
    stefanos stelios stergios stratos stylianos tasos thanasis thanos theodoros theodosis theofanis theofilos theoni timos tryfon vaggelis
    vasiliki vasilios vasilis vassilis xanthi xenia xenofon xenophon yannis yiannis yiorgos zoi";

const TURKISH: &str = "
    adem ahmet akif alev alp alper altan arda arif arzu asiye asli asuman atakan atila atilla aydan aydemir aylin aynur aysegul aysel
    aysenur aysun ayten bahar baki banu baran baris basak batuhan bayram begum bekir belgin belma berat berk berkay berkan berna berrin
    betul beyza bilge birol birsen bora buket bulent burcu burhan busra cagatay cagla cagri canan caner cansel cansu celal cemal cemil
    cemile cemre cengiz cenk cevat ceyda ceyhun cigdem cihan cihat coskun damla defne demet derya dicle didem dilan dilara dilek dogukan
    dogan durmus duygu ebru ecem eda edip efe ege ekin ekrem elvan emin emrah emrullah ender engin enis ercan erdal erdem erdinc erdogan
    eren ergin ergun erhan erkan erkin erol ersan ersin ertan ertugrul esen esin esma esra evren eylem eylul eyup fahri fahriye faruk fazil
    fehmi feray ferda ferdi ferhat feride ferit fevzi feyza figen filiz firat fulya fuat funda furkan galip gamze gizem gokay gokce gokcen
    gokhan goksel gonca gonul gorkem gozde gul gulay gulbahar gulcan gulcin gulden guler gulizar gulsah gulsen gulsum gulten gunay gunes
    gungor gurcan gurkan guven guzin habibe hacer hadiye hakki haldun halil halime halit haluk hamdi hamide hande hanife harun hasibe hatun
    havva haydar hayati hayri hayriye hazal hidayet hikmet hilal hilmi hulya humeyra husamettin husnu idris ihsan ilayda ilhan ilkay ilker
    ilknur ilyas inci ipek irem irfan isil islam ismet izzet kaan kader kadir kadriye kemalettin kerem kerim kevser koray korhan kubra
    kudret kursat lale latife leman levent lutfi lutfiye mahir mahmut mazhar medine mehtap melahat melek meliha melih melike melis meltem
    merve mert mesut metehan metin mevlut miray muammer mucahit muge muhammet muhammed muhsin muhittin mujde mukaddes munevver muratcan musa
    muslum muzaffer nadir nagihan naime naim nalan namik narin naz nazan nazim nazli nazmi nebahat necati necdet necla necmettin necmi nedim
    nejat nergis nermin neslihan nesrin nevin nevzat nihal nihan nihat nilay nilgun nilufer niyazi nuran nuray nurcan nurdan nurettin nurgul
    nurhan nuri nuriye nursel nurten oguz oguzhan okan oktay olcay olgun onder onur orcun orhan osman ozan ozcan ozden ozer ozge ozgur ozkan
    oznur ozgun pelin perihan pinar polat rabia ramazan rasim recep refik remzi resat reyhan rezzan rifat riza rukiye ruya sabahat
    sabahattin sabri sadettin sadik saadet safak safiye sakine salih saliha samet sedat sedef seher selahattin selami selcuk selim selman
    semih semiha semra sena senay sencer senem senol serap serdar serhat serpil sertac sevda sevgi sevil sevim sevinc sevval seyda seyfi
    seyit sezai sezen sezer sezgin sidika sinan sinem soner songul suat sukran sukriye sukru suleyman sumeyye suna tahsin talat taner tanju
    tayfun tayyip tekin teoman tevfik tolga tolgahan toygar tugba tugce tugrul tulay tulin tuna tunahan tuncay tuncer turan turgay turgut
    turhan turkan tutku ufuk ugur ulas ulku umit umran umut ummuhan unal utku vahap vahit vedat vehbi vildan volkan vural yadigar yagmur
    yakup yalcin yaman yasar yasemin yasin yavuz yeliz yelda yener yesim yigit yildiray yildiz yilmaz yonca yunus yurdagul yuksel zafer
    zahide zehra zekeriya zeki zekiye zeliha zerrin zeynel ziya zubeyde zuhal";

const MORE_ARABIC_AND_PERSIAN: &str = "
    abdelaziz abdelkader abdelhak abdelrahman abdou abdulaziz abdulhamid abdulkarim abdullahi abdulmalik abdulrahim abeer abid adeeb adham
    adil afaf afif afnan aftab ahlam ahsan aicha aida aiman ajmal akbar akeel alaa alam aleem aliyu almas alya aman amani amar ambreen ameen
    ameena ameer ameera amjad ammara amna anees anisa anjum anoud anum aqeel aqsa areej areeba arshad arslan arsalan aroosa asad asadullah
    aseel ashfaq ashraf asif asim asiya aslam asmaa asrar ataullah ateeq atif atiya aya ayaan ayat aydin ayesha ayoub azam azeem azhar
    azhaar aziza azra babar badr badria bahaa bahija baker bakr banafsheh baraka basem basim basma batool bayan behrouz behzad benazir bibi
    bouchra bushra daniyal dara daud dawood dhia driss duaa ebrahim ehab ehsan elham eman emad erfan esmail essam fadel fadia fadwa fady
    fahim fahmi faiq faiz faiza fakhr fallah farhad farhana fariba farida fariha farouk farooq farrah farshid farzana farzad fatemeh fatiha
    fatimah fawad fawaz fawzia fayez fayza fehmida feroz fida firdaus firouz fouad fouzia furqan gamal ghaith ghaleb ghassan ghazal ghazala
    ghazi ghina ghulam golnaz habeeb habiba hadeel hadia hadiza hafeez hafez hafiza hafsa hafsah haidar haider haitham hajar hajra hakeem
    haleema halima hameed hamed hamoud hanifa hanin haroon hashim hasna hasnain hatim haytham hayat hazem heba hedieh hessa hicham hina hind
    homa hooda hosni hossam hossein houda houria humaira humayun humza huma husam husna iftikhar ihab ijaz ikhlas ikram ilham imtiaz inas
    inaya insaf intisar iqbal iqra iram irshad isam ishaq ishtiaq isma israa isra issa iyad izza jabbar jaber jabir jad jafar jahangir jalal
    jameel jameela jamshed janan jasim jassim javad javaid javed jawaria jehan jihad jihane joud joumana juwairia kabir kaltham kamran
    kaouthar kareema karam kauser kawthar kaveh kenza khadeeja khadidja khairy khaldoun khaleel khalifa khansa khawla khayri khizar khurram
    khushbu kinza kulthum laiba laith lamees lamya latif latifa lateefah layan leyla liaqat loubna lubna lujain luqman maab maha mahdi maher
    mahfuz mahira mahmood mahnoor mahsa mahtab maimuna maisa maisoon majd majeed majida makram malak malika manahil manal manar manel
    mansoor mansour maqsood maram maroun marwa maryum masood masoud masoumeh maysoon mazen mehdi mehnaz mehreen mehrdad mehran mehwish menna
    mervat meryem miral misbah mishal moaz moez mohsen mohsin moin moncef moneer monira morteza mosab moussa moustafa muawiya mubarak
    mubashir mudassar mufeed muhannad mujahid mujtaba mukhtar mumtaz munira muneeb muneer munir muntaha murtaza musab musarrat mushtaq
    muslima mutasim muzammil nabeel nabila nadira nael nafeesa nafisa nagham nahed nahid nahla naila najat najeeb najib najla najm najma
    najwa narges narjis nargis nasim nasima nasira nasreen nasrin nassim nawaf nawaz nayef nayla nazanin nazia nazir negar nehad nermeen
    nesma nida nidal niloofar nimra nisreen nizar noman noora noorjahan nouf nouha noura nousheen nuha numan nusaiba nusrat obaid obaida
    omaima omair omran oumaima ousmane parisa parveen parvez parwez payam pegah pervaiz peyman qadir qais qamar qasem qudsia qurat rabab
    rabeea rabie radwa radwan raed rafiq rafique raghad rahaf rahat rahil rahim rahima rahma rahman rahmat raif rajab rajaa rakan ramez
    ramla ramzi ramy ranim rasha rasheed rasheeda rasool rawan rawia rawda rayyan razan raza reema reham rehab rehan rehana rehman reza rida
    ridwan rihab riham rim rizwan rizwana roba rola romaisa roqaya rouba roya rubab rubina ruqayya saadia sabeen sabir sabiha sabrin sadaf
    sadia sadiq saeed saeeda safa safia safdar safwan sahil saif saifullah saima saira sajid sajida sajjad sakina salahuddin saleem saleema
    salwa sama saman samar sameer sameera samina samiya samra sanaa sanam saqib sarfraz sarmad sawsan sayeed seham sepideh shaban shabana
    shabbir shabnam shadia shady shafiq shagufta shahad shahana shahbaz shaheen shaheer shahin shahla shahnaz shahriar shahzad shaima
    shakeel shakila shakir shams shamim shamima shamsa sharif sharifa shayan shaza shazia shazad sheema sherif sherin sherine shereen shibli
    shirin shoaib shuaib shukri siham sikandar siraj sobia sohail sohaib soha solaf somaya soraya souad soufiane sufyan suha suhail suhaila
    suhaib sukaina sulaiman sultana sumaira sumaiya sumayya sundus syeda tabassum taha tahani tahira tahmina taimoor talal talha tamim taqi
    tarannum tareq tasneem taufiq tawfiq tayyab tayyaba thamer thana thuraya touraj touria ubaid umaima umaira umair umama umm uzair uzma
    vahid wadha wadih wafa wafaa waheed wahid wahida wail wajahat wajdi wajiha waqar waqas wasan wasim waseem wejdan wiam widad wijdan
    wissam yacine yacoub yahia yamina yaqoob yaseen yassine yassir yazan yazid younes younis yousaf yousef yousra yumna yusra zafar zaheer
    zahid zahida zahir zahoor zahraa zaid zaina zainaba zakaria zakariya zakia zaman zarina zaynab zeenat zeeshan zia ziba zubaida zuhair
    zulfiqar zulekha";

const AFRICAN: &str = "
    abayomi abena abimbola abiodun abiola adaeze adanna adebola adedayo adeola adesina adetokunbo adetola adunni afia akinola akosua akua
    akwasi alemayehu aminata amadou ama amma ayodeji ayokunle ayomide azubuike babajide bamidele bintou bolaji bolanle boubacar bukola buhle
    busisiwe chiamaka chibueze chibuike chibuzo chidi chidiebere chiemeka chigozie chijioke chika chikodi chima chimamanda chinedu chinenye
    chinonso chinwe chioma chisom chizoba chukwuemeka chukwudi dada dayo desta dikembe djibril dumisani ebele ebere ebuka efua ejike ekene
    ekow emeka emeke enitan enzokuhle esi eyitayo fadekemi farai fatou fatoumata fela femi fikile folake folasade folorunsho funke funmilayo
    gbenga gugu hailu hlengiwe ibironke ife ifeanyi ifeoma ifunanya ikenna ikechukwu iniobong isabis isoken itumeleng iyabo jabulani jelani
    jengo jomo kabelo kabiru kadiatou kagiso kalu kamau karabo kariuki katlego kehinde kelechi keletso kemi kgosi khumbulani khumo kofi kojo
    kunle kwabena kwadwo kwaku kwame kwasi kwesi lerato lesedi letsego lindiwe lungile lwazi makena malusi mamadou mandla manyara mariama
    masego masika mbali mfundo mojisola mosi mpho mthunzi mutua naledi nandi ndidi ndubuisi neo ngozi njeri nkechi nkem nkemdilim nkiru
    nnamdi nneka nnenna nobuhle nokuthula nomsa nomvula nonhlanhla nomthandazo nqobile ntombi ntokozo nyambura nyokabi nyasha obafemi obinna
    obioma odion ogechi okechukwu olabisi olamide olanrewaju olayemi olu olubunmi oluchi olufemi olumide oluseyi oluwadamilare oluwafemi
    oluwaseun oluwaseyi oluwatobi omolara omotayo onyeka onyekachi osagie osaze oyelaran palesa panashe pulane refilwe rethabile rufaro rudo
    rumbidzai samkelo sanele seble segun selam selamawit sekou seun shaka shani sibusiso sifiso simba simisola siphiwe sipho sithembile
    siyabonga sizwe tadesse taiwo tapiwa tariro tatenda tebogo temitope tendai thabo thando thandeka thandiwe themba thulani tinashe tiwa
    titilayo tobi tolu tolulope tope tsepo tshepo uche uchechi uchenna ugochi ugonna unathi uzo uzoma vusi wambui wangari wanjiru wanjiku
    wanja yaa yaw yejide yetunde yohannes yonas zandile zanele zinhle zodwa zuri zolani";

const INDIAN: &str = "
    aadhya aahana aakash aalok aanchal aarnav aarohi aaradhya abhay abhijeet abhijit abhilash abhinav abhiram achal achyut adarsh advait
    advaita ahana aishwarya ajit akanksha akhil akhilesh akriti akshata akshaya akul alaka alok alka amarjit ambika amish amol amruta anagha
    anahita anamika anandi ananta anantha aneesh angad anika aniket animesh anirudh aniruddha anisha anish anjana anjan anjani anju ankur
    ankush anmol anoop anshu anshul anshuman antara anubhav anupam anupama anuradha anushka anusha anushree apoorva apurva aradhana archana
    archit arindam arjit arnab arnav arpan arpit arpita arshia artika arundhati arush arvinder asavari aseem ashima ashutosh ashwini asmita
    astha atharva atin atul avantika avani avneet ayush ayushi badri bala balaji balakrishna balbir balram balwant bansi barkha basant
    basanti benoy bhagya bhagyashree bhanu bharat bharati bharti bhaskar bhavana bhavani bhavesh bhavik bhavin bhavya bhawna bhim bhola
    bhumika bhupinder bhushan bijoy bimal bindu binita binod bipin birendra bishnu brahma brijesh buddhi chaitanya chaitra chanchal chandan
    chandani chandni chandrakant chandrakala chandrashekhar charan charu chetan chetana chhaya chinmay chirag chitra daksh damini damodar
    darpan darshan darshana darshika daya dayanand debashish debjani deeksha deep deepali deepankar deepika deepti devansh devdas devendra
    devesh devika devyani dhananjay dhanraj dhanush dhara dharmendra dharmesh dhiraj dhriti dhruv dhruva diksha dilip dilpreet dimple dinkar
    dipak dipali dipika dipti disha divakar divyansh diya durga eesha ekta esha falguni gagan gajanan gajendra gargi garima gaurang gauri
    gayatri geetanjali geetika ghanshyam gitanjali gopi gopika gorakh govinda gowri gulshan gunjan gurdeep gurmeet gurpreet gursharan hansa
    hansika hardik hargovind hariharan harini haripriya harita harjit harman harsha harshad harshal harshit harshita harshvardhan hema hemal
    hemalatha hemangi hemlata hena heramb himani himanshu hitesh hrishikesh hritik hrithik ila indrajit indrani indu inder inderjit ipsita
    isha ishan ishani ishika ishita ishwar jagan jagannath jagat jagjit jai jaideep jaimin jaspal jaspreet jaswant jatin jayanta jayant
    jayanthi jayanti jayashree jayendra jaykumar jaywant jhanvi jignesh jigna jitendra jitesh jiten jiya jugal juhi kailash kajal kalavati
    kalpana kalpesh kalyan kalyani kamaljeet kamini kanak kanchan kanika kanishk kanta kanti kapil karishma karthika kartik karuna kashish
    kashvi kaushal kaushik kavish kedar keerthana keerthi keshav ketaki ketan ketki khushboo khushi kirti kishan kisan komal koushik kratika
    krishan krishnan krishnendu kriti krupa kshitij kshitija kuldeep kulwant kumud kunal kusum kush lajja laksh lakshman lalita lalitha
    laxman laxmi leela lekha lokesh lopa lopamudra madan madhavi madhukar madhur madhuri madhusudan mahadev mahendra mahima mahika malavika
    malini malti mamata mamta manan manas manasi manav mandar mandeep mangal mangesh mani manik manika manikandan manindra manjari manjeet
    manju manjula manjunath manjusha manmohan mansi manvi mayank mayur mayuri medha meenakshi meenal meet megha meghana meghna mihir milind
    minal mishka mita mithun mitali mohana mohini moumita mridula mrinal mrinalini mrunal mrunali mudit mukta mukul mukund muralidharan
    murali muthu nachiket nagaraj nagesh naman namita namrata nandan nandini nandita nandkishore narendra naresh narinder nataraj navdeep
    navin navneet navya neelima neerja neetu nehal nethra nidhi nihar niharika niket nikunj nilam nilima nilanjana nimisha niraj niranjan
    nirav nirmal nirmala nirupama nischal nishant nishi nishita nishtha nitesh nithya nitish nitya nivedita niyati omkar omprakash ojas
    padmaja padmini palak pallav pallavi palash pankhuri parag paramjit param parekha paresh parineeti parinita parisha parth partha
    paritosh parvathi parvinder payal piyush poonam poornima prabha prabhakar prabhas prabhat prabir prachi pradip pradnya prafulla pragati
    pragya prahlad prajakta prakriti pramila pramod pranali pranay pranita pranjal prasad prasanna prasenjit prasoon prateek prathamesh
    prathima pratibha pratik pratiksha pratima pratyush pravin preet preetam preethi preetika prem prema premlata prerna pritam prithvi
    priti prithviraj priyam priyanshu priyesh punam punit punita puneeth puja pulkit purab purnima purva purushottam purvi pushkar pushpak
    rachana rachit rachna radha radhika radheshyam ragini raghav raghavendra raghu raghunath raghuvir raima rajani rajashree rajendran
    rajeshwari rajib rajinder rajkumar rajnish rajput rajshri rajveer raju rakhi raksha ramakant ramakrishna ramanathan ramanuj ramdas
    rameshwar ramola ranbir randeep randhir ranjan ranjana ranjeet ranjini rashi rashmika rasika ratan rathin ravindra raveena ravinder
    reena reeta renu renuka reshma revathi ridhi ridhima rishabh rishi rishika ritesh ritika ritvik ritwik rituparna riya rohini romesh
    romila ronak ronit roopa roopali ruchi ruchika ruchira rudra rukmini rupa rupali rupam rupesh rupinder rushikesh rutuja rutvik saanvi
    sabita sachi sadhana sadashiv sagar sahana saloni samaira samarth samidha samiksha sampada samrat samridhi samyukta sanat sanchita
    sandesh sandhya sandip sangita sania sanika sanjana sanjiv sanjivani sanjukta sankalp sankar sanket sanskriti santanu santhosh santoshi
    sanvi sapna sarada sarala saraswati sarath sarika sarla sarthak sarvesh sashi satendra sathish satya satyajit satyam satyanarayan
    satyavati saumitra saumya saurabh saurav savitri sayali sayan selvam senthil shailendra shailesh shaila shailaja shaili shakuntala
    shalabh shalin shalu shambhu shamita shanaya shantanu sharada sharan sharanya sharda shardul sharmistha sharvari shashank shashikala
    shashikant shashwat sheela sheetal shefali shekhar shetal shikha shishir shital shivangi shivam shivaji shivraj shobha shobhana shobhit
    shoma shourya shraddha shravan shravani shreyas shreyasi shridhar shrikant shriya shrikrishna shubha shubham shubhangi shubhra shyam
    shyamala shyamal siddhant siddhartha siddhi simran sindhu sitara smriti snehal snehalata snigdha sohan sohini soham somesh sonakshi
    sonali sonam sonu soma soumitra soumya sourav sparsh spandana sreeja sridevi sridhar srikant srikanth srilatha srinath srinidhi srinivas
    sruthi subhadra subhankar subhas subhasini subodh subramanyam suchi suchita suchitra sudarshan sudeep sudesh sudeshna sudhakar sudhanshu
    sudip sugandha suhani suhas suhasini sujay sujit sujith sukanya sukesh sukhdev sukhwinder sukriti suman sumana sumanth sumedha sumita
    sumitra sunanda sundar sunetra sunaina suniti supriya surabhi surendra surender surinder surjit surya suryakant sushant sushil sushila
    sushmita suvarna swapan swapna swapnil swara swarnima swarup swathi sweta syamala tanay tanaya tanish tanmay tanu tanuja tanushree
    tanvir tapan tapas taruna tarunima tejal tejas tejaswini tirth trilok tripti trishna trupti tulsi tushar uday udit ujjwal ujwala umang
    unnati upasana upendra uppal urmila urvashi urvi utkarsh uttam uttara vaibhav vaibhavi vaidehi vaishali vaishnavi vallabh vanita
    vanshika vani varsha varada vasant vasanta vasanthi vasudev vasudha vasundhara vedant vedika veena veer veera veerendra venkat
    venkatesan venkatesh venu vibha vibhor vibhuti vidhi vidisha vidushi vidyut vihaan vijaya vijayalakshmi vijayan vijendra vikash vikrant
    vilas vimala vineeta vinita vinayak vinaya vinduja vineeth vinit vinodini vipin vipul viraj viral viren virendra virat vishakha vishesh
    vishnu vishwa vishwanath vishwas vismaya vivaan viveka vrinda vrunda vyom yamini yamuna yashas yashasvi yashika yashoda yashodhara
    yashvi yashwant yatin yogendra yogita yuvraj yuvan";

const JAPANESE: &str = "
    aimi aina airi aito akari akemi akihiko akihiro akihito akiho akina akinori akitoshi akiyo akiyoshi ami anri aoi arata arisa asahi asako
    asami asao asuna atsuki atsuko atsushi ayae ayako ayame ayana ayane ayano ayato ayumu azumi azusa banri chie chieko chihiro chikako
    chinatsu chisato chiyo chiyoko chizuko chizuru daichi daigo daijiro dai eiichi eiko eisuke emika eri eriko erina etsuko fuka fumi fumie
    fumihiko fumika fumio fumiya fuyuko fuyuki gaku genta ginji haru haruaki haruhi haruhiko haruhisa haruko harumi haruna haruo haruya
    hatsue hayate hayato hibiki hidekazu hidekichi hideko hidemi hidenori hideyuki hikaru hikari hinako hinata hiroaki hirofumi hirohisa
    hirohito hiroka hirokazu hiromi hiromichi hiromu hironobu hironori hirotaka hiroto hiroya hiroyasu hisae hisako hisao hisaya hitomi
    hitoshi honoka honami hotaru ichika ikuko ikumi ikuo itsuki itsuko iwao izumi joji jotaro junji junjiro junpei junya juri juro kaede
    kaho kaichi kanako kanae kanata kanna kano kanon kaoruko kaoru kasumi katashi katsuhiko katsuhiro katsuki katsumi katsuo katsuro katsuya
    kayoko kazue kazuhiko kazuhiro kazuhisa kazuma kazumasa kazumi kazunari kazunori kazushi kazuto kazuya kazuyo kazuyoshi kazuyuki keigo
    keiichi keiichiro keiji keijiro keita keito kengo kenichiro kenjiro kenshin kensuke kentaro kento kenzo kimie kimiko kimio kinya kio
    kioshi kippei kiyoaki kiyoko kiyomi kiyotaka koharu kohei koichiro koki kokona kosei koshiro kosuke kotaro kotone kouji kouta koya kozo
    kunihiko kunio kurumi kyo kyohei kyosuke maaya machiko madoka maho maiko maki makiko makio mamiko mami manabu manami manato mao mariya
    mariyo masaaki masae masafumi masahide masahiko masahisa masahito masakazu masami masamichi masamune masanao masanobu masanori masashi
    masataka masatoshi masayo masayoshi masayuki masazumi matsuko mayako mayu mayuko mayuka megu michi michie michihiro michinori michio
    michiru mieko miharu mihoko mikako mikio mikoto miku mikuru minako minami minato mineko mineo mion mirai misa misae misako misao misato
    misuzu mitsue mitsuharu mitsuhiro mitsuki mitsumi mitsunori mitsuo mitsuru mitsuyo mitsuyoshi miu miwa miwako miya miyabi miyako miyo
    miyoko miyu miyuka miyume mizue mizuho mizuki moe moeka moeko momo momoe momoka morio motoki motoko motomu mutsuko mutsumi mutsuo nagisa
    naho nako namie nanaka nanako nanase naofumi naohiro naohito naoya naoyuki narumi natsue natsumi natsuko natsuo nene nobuaki nobue
    nobuhiko nobuhiro nobuo nobuyoshi nobuyuki nodoka nono nonoka noriaki norie norihiro noriyuki norihito norika norio nozomi nozomu oki
    omi orie osami otoha otome rei reiji reika reo riho rika rikako riki riko riku rikuto rinka risa risako rito ruka ruri ruriko ryoga
    ryohei ryoichi ryoji ryoko ryoma ryosei ryosuke ryotaro ryouta ryu ryuichi ryuji ryunosuke ryusei ryuta ryuto sachie sachiyo sadako
    sadao saki sakiko sakuma sakutaro sanae saori sasuke satoe satomi satoru satsuki saya sayo sayoko sayumi sayuri seiichi seiji seijiro
    seiko seishiro seiya senri setsuko shigeaki shigehiro shigeki shigeko shigemi shigenobu shigenori shigeo shigeyoshi shigeyuki shiho
    shihoko shiki shiko shima shimon shinichiro shingo shinjiro shinko shinnosuke shino shinobu shinpei shinsuke shintaro shinya shiomi
    shion shogo shohei shoichi shoji shoko shosuke shotaro shouta shoya shozo shuhei shuichi shuji shuko shunichi shunji shunsuke shuntaro
    shunya shusaku shusuke shuta shuya soichiro soichi sonoko sora sosuke souta subaru sueko sugako sumi sumie sumiko sumire suzuka suzuko
    suzue suzume tadaaki tadahiro tadakazu tadao tadayoshi tadayuki taeko taiga taiichi taiki taisei taishi taisuke taiyo takaaki takafumi
    takahide takahiko takahisa takahito takaharu takamasa takane takanobu takanori takao takara takato takatoshi takaya takayoshi takayuki
    takehiko takehiro takeo takeru taketo taku takuji takuma takumi takuo takuro takuto tamae tamaki tamami tamao tamie tamotsu tatsuhiko
    tatsuhiro tatsuki tatsumi tatsuo tatsuro tatsuto tatsuyuki tatsuyoshi teiji teruaki terue teruhiko teruko terumi teruo teruyo teruyuki
    tetsu tetsuji tetsuko tetsuo tetsuro tetsushi tetsuyuki tohru tokiko tokio tokuko toma tomie tomiko tomio tomiyo tomoaki tomoe tomohiko
    tomohiro tomohito tomohisa tomokazu tomoki tomomi tomonori tomoyo tomoyoshi tomoyuki tooru torao toshi toshiaki toshie toshifumi
    toshiharu toshihide toshihiko toshihiro toshihisa toshihito toshikazu toshiki toshimi toshinori toshiro toshiya toshiyo toshiyuki towa
    tsuguo tsukasa tsukiko tsuneko tsuneo tsutomu tsuyako ume umeko utako wakaba wakana wataru yae yaeko yasuaki yasue yasuharu yasuhide
    yasuhiko yasuhiro yasuhisa yasuhito yasumasa yasunari yasunori yasushi yasutaka yasuyo yasuyuki yayoi yohei yoichi yoichiro yoji yoshi
    yoshiaki yoshie yoshifumi yoshiharu yoshihide yoshihiko yoshihiro yoshihisa yoshihito yoshikazu yoshiki yoshimasa yoshimi yoshimitsu
    yoshinori yoshino yoshiro yoshitaka yoshito yoshitsugu yoshiya yoshiyuki yosuke yota yua yudai yugo yuichi yuichiro yuina yuito yuji
    yujiro yukako yukari yukie yukihiko yukihiro yukiho yukimi yukina yukine yukinori yukitaka yukiya yukiyo yume yumeko yumena yumie yumika
    yunosuke yurie yurika yuriko yurina yusei yuya yuzo yuzu yuzuki yuzuna yuzuru";

const CHINESE: &str = "
    bingwen changming chenguang chunhua dandan dawei deming dingxiang fangfang feifei fenfang guanyu guoliang guoqiang haiyan haoyu hongmei
    hongwei huan huifang huiling huiying jiahao jiaming jianhua jianping jianwei jiawei jiayi jiaying jingjing jingyi jinhua junjie junming
    kaiming lanfang lihua lijuan lijun liling limei lin liqin liwei longwei luoyang meifeng meihua meilin meixiu mengyao minghui mingming
    mingyu ningning peizhi pengfei qianru qiaolian qingling qiuyue rongrong ruihan ruolan shanshan shaoqing shihong shimin shufen shuhui
    shuling shuping shuting shuxian sijia siyu songlin suyin tianyi tingting weiguo weihong weimin weijun wenbin wenjie wenjing wenjun wenli
    wenling xiaobo xiaochen xiaodong xiaofang xiaofei xiaogang xiaohong xiaohua xiaohui xiaojing xiaojun xiaolan xiaolei xiaolin xiaoling
    xiaolong xiaoping xiaoqing xiaowei xiaoxia xiaoyu xinyi xinyu xinyue xiulan xiuying xuefeng xueling xuemei xueqin yanhong yanling yanmei
    yanping yanyan yaping yifan yimin yingying yingjie yiming yiting yixin yongjun yongming yongqiang yuchen yufei yulan yuming yunfei
    yuqing yushan yuting yuxin yuxuan yuyan zemin zhaohui zhenghao zhengyi zhengming zhenhua zhenyu zhihao zhiming zhiqiang zhiyuan zhongwei
    zixuan zihao ziyang jiande tingfeng weichen kaixin";

const KOREAN: &str = "
    areum boram byungho chanho changmin chansoo cheolsu daehyun daeho dahye dayoung dohyun donghae donghyun dongwook doyoung eunhye eunjin
    eunju eunkyung eunsoo eunyoung gaeun gunwoo gyuri hajun haneul hayoon heechul heejin heesoo heewon hyejin hyeri hyeyoung hyojin hyori
    hyosung hyunjin hyunjoo hyunjung hyunmin hyunseok hyunsik hyunsoo hyunsook inho insu jaehwan jaehyun jaemin jaesung jaewon jaeyoung
    jangmi jihye jihyun jimin jina jinho jinhee jinsoo jinwoo jinyoung jisun jisung jiwon jiyeon jiyoung jongsu jongwon joonho joohyun juhee
    jungho junghoon junghwa junghwan junghyun jungmin jungsook junho junhyuk junseo juwon kihyun kiyoung kwanghee kwangsoo kyungho kyunghee
    kyungmin kyungsoo mihye mijin mikyung minah minhee minho minhyuk minjae minjeong minjoon minjung minki minkyu minseo minseok minsoo
    minsu minsung minwoo minyoung misook miyoung myunghee myungsoo namjoon nari sangchul sanghoon sanghyun sangmin sangwoo sebin sehun
    seohyun seokjin seoyeon seoyun seulgi seunghee seungho seunghyun seungmin seungwoo siwoo sohee sohyun somin soohyun sookja soyeon
    soyoung sumin sungjin sungmin sungsoo sunhee sunhwa sunmi suyeon taehyung taemin taewoo taeyang taeyeon wonho wonseok wonwoo woojin yeji
    yeonjun yerin yoona yoonah yoongi yoonji youngjae youngja youngjoo youngmi youngmin youngsoo youngsook yujin yunho yunhee";

const VIETNAMESE: &str = "
    bao bich bichngoc cam chau cuc dao diem diep diu dinh duyen gam gia hang hau hoai hop huyen kha khai khang khoa khoi khue kieu lam lieu
    loc luong man nghi nghia nghiep ngan nghiem ngoan ngon nguyet nhan nhat nhi nhien nhon nhu ninh oanh phat phi phu phung quy quyen quyet
    sang sen sinh suong tai tan tha thien thinh thoa thong thuan thuc thuong toai toi tram trieu trinh truc tuong tuoi tuyen uyen vang vien
    vuong xuyen yenchi";

const INDONESIAN_AND_MALAY: &str = "
    abadi abdi achmad ade adhi adi adinda aditia afifah agung aisyah ajeng alamsyah aldi alif alifah andika andini andri anggi anggraeni
    anggun anindya annisa antonius aprilia ardi arfan ari ariani arief arifin arini arya asep asih astuti ayu ayunda azizah bagas bagus
    bahtiar basuki bayu bima bintang budiman budiono cahya cahyo candra catur cici citra dadang danang dani danu darma dedi deni desy
    deswita dewa dian didik dimas dinda dini doni dwi edi edy eka elok endah endang erlangga ersa esti evi fadhil fadilah fajar fauzan febri
    febrianti feri ferry fitri fitria fitriani galih galuh gede gilang guntur gunawan hafid hafidz halimah handoko harianto hariyanto
    haryanto hasanah hendra hendri heni heri heru hesti ika iin imam indah indra indri intan ipung irawan irwan ita iwan jefri jihan jono
    juwita kadek kartika kartini komang krisna kurnia lail laras lastri lathifah lely lestari lidya lilis luh lukman lusi maman marlina
    marsudi martini meilani melati melly mochamad muh muhamad mulyono murni mutia nanang nani ningsih nisa novi novita nugroho nurhasanah
    nurhayati nurjanah oktavia pandu panji permata prabu prasetya pratiwi priyanto priyono pujiastuti purwanti purwanto putra putu rachmat
    raden rahmad rahmawati raka rama ramadhani rangga ratih ratri rendi reni resti retno rifki rini rio rismawati ririn riska rizal rizki
    rizky rohman rully sahrul salsabila santi santoso sasmita satria satrio sekar septian setyo sigit sindi sinta siska sofyan soleh
    sudarmanto sugeng sugiarto suharti suhartono suherman sujono sukarni sukma sulastri suli sulistyo sulistyowati sumarni sumiati sunarto
    sunarti supardi suparman suparno supriadi supriyanto suprapto suryani suryanto susi sutrisno suwarni suyanto syaiful syarif tari taufik
    tedi teguh tika tini titik titin tono triyono udin ujang ulfa umi untung utari vina wahyu wahyudi wahyuni warsito wati wawan wening widi
    widya widyastuti winarti winda wiwik wiwin yanti yanto yayan yeni yohanes yoga yogi yudha yudi yuda yuli yuliani yulianti yuni yunita
    yusril zainal zulfa zulfikar abang aizat akmal aliff amirah amirul anis aqilah asyraf atiqah azim azizan azlina azmi azura danial faizal
    fakhrul farahin fariza fatin fauziah haikal hakim halim hamizah haslina haziq hidayah izwan jamilah kamarul khairul latifah mahathir
    mastura mazlan mohd muhd munirah nabilah nazri nizam noraini norazlina norhayati norizan norliza raihan rashidah rosli rosnah rozita
    safiah saiful salmah shahrul shamsul suraya syafiq syahirah syed syazwan syukri wan yusri zaharah zainuddin zaleha zamri zubaidah
    zulkifli";

const THAI: &str = "
    achara amnuay anan anchali anong anuwat apichart apinya aranya arthit arunee boonmee boonsong bussaba chai chaiwat chalerm chanida
    chanin chanpen charoen chatchai chayan chom daranee duangjai ittipol jaran jaruwan jintana kamol kanya kanokwan kanda kasem kiet
    kittichai kittipong kulap lamai lawan malai malee manee mongkol montri napat naree naris narong natthaya niran nisarat nittaya nok
    nonglak nuan pailin pakorn panya parichat patcharee phailin phichai pichai pimchanok pimpa piyawat ploy pongsak pornpimol pornthip
    prachya pranee prasert prasit prayut preecha rachanee ratana ratree rattana rung rungnapa saengdao sakda samorn sanun saowanee saran
    sasithorn sirikit sirilak siriporn siriwan sombat somboon somjai somkiat somkid somphong somporn somsri songkran sunan sunee supachai
    supaporn suporn supranee surachai surapong surasak suriya suthep suwan suwanna tanawat taksin thanakorn thanaporn thanit thawat thidarat
    thongchai tida udom ubol ubon varaporn wachira wanida wanna wannee wanpen waraporn warunee wichai wilai wilaiwan wiroj wisit withaya
    worawut yaowalak yuphin";

const MORE_FILIPINO: &str = "
    abdon abegail aiza aldwin alona amelita amor analiza angelita anjo annabelle annaliza arjay arman armi arvin bea bernadeth bethsaida
    bienvenido bing bongbong boyet catalino cecille charito cherrylyn cheryll chito cleofe crisanta crisostomo cristeta cristine cristy
    dencio dindo dionisia dionisio divine dodong donnabel edralin elaiza elvie elpidia emelita emmalyn ermelinda estrellita ferdie fely
    filemon flordeliza florante floro genalyn gerlie girlie glorietta godofredo hazelle henedina honeylyn isabelo ismaela janette jayvee
    jenalyn jennelyn jessa jhoanna jhonny joemar johnrey jojo jomari jonnel jovita kristelle lailanie leizl leny leonila lerma liezl lito
    lizel loida lorelie lotis lovely lucena ludy luwalhati lyka lyn maila maricris marife marijoy marivel maymay melchora mercedita merly
    milagrosa mirasol narcisa nimfa nonoy norlyn onofre pacifico perlita pinky policarpio potenciana quennie raffy ramilo raymart reah
    rechelle renalyn rey reymark reymart rhodora rica rizza rodelyn rolly romnick ronnel rosebelle rosielyn rowell rubilyn ruel russel
    sharmaine sunshine tessie tita tonton vic vivencia welma weng yolly yoyong zaldy zeny zosima";
