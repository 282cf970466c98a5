//! Surnames in wide use, by where they are common: corroboration, never proof.
//!
//! Origin: written for this project as facts of common knowledge – names that public statistics of births and censuses of these
//! countries show again and again; no list was copied. Letters are folded: `josé` is `jose`, `müller` is `muller`.

/// Surnames.
pub(super) const ALL: &[&str] = &[
    ENGLISH,
    SPANISH_AND_FILIPINO,
    EUROPEAN,
    EASTERN,
    ARABIC,
    SOUTH_ASIAN,
    EAST_ASIAN,
    MORE_ENGLISH,
    GERMAN,
    FRENCH,
    ITALIAN,
    PORTUGUESE,
    DUTCH,
    NORDIC,
    ICELANDIC,
    GREEK,
    TURKISH,
    POLISH,
    CZECH_AND_HUNGARIAN,
    SOUTH_SLAVIC,
    ROMANIAN,
    RUSSIAN,
    UKRAINIAN,
    BULGARIAN,
    CAUCASIAN_AND_BALTIC,
    MORE_SPANISH_AND_FILIPINO,
    MORE_ARABIC,
    AFRICAN,
    INDIAN,
    JAPANESE,
    CHINESE,
    KOREAN,
    VIETNAMESE,
    INDONESIAN,
    THAI,
];

const ENGLISH: &str = "
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

const SPANISH_AND_FILIPINO: &str = "
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

const EUROPEAN: &str = "
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

const EASTERN: &str = "
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

const ARABIC: &str = "
    abbas abbasi abdallah abdi abdo abdullah ahmad ahmadi ahmed akbar ali amin amiri ansari aslam awad ayoub aziz bakr darwish fadel farah
    farouk ghani habib haddad hakim halabi hamad hamdan hamid hasan hashemi hashimi hassan hossain hosseini husain hussain hussein ibrahim
    iqbal ismail jaber jafari javed kamal karim karimi kazemi khalil khan khatib khoury mahdi mahmood mahmoud malik mansour mansoor masri
    mirza mohamed mohammadi mohammed mousa mousavi musa mustafa najjar nasr nasser nazari omar osman othman qasim qureshi rahimi rahman
    rashid rezaei saad sabbagh saeed saleh salem salim salman sayed shah shaikh shams sharif sheikh siddiqui suleiman syed taha younis
    yousef yousif zaman yilmaz kaya demir celik sahin yildiz yildirim ozturk aydin ozdemir arslan dogan kilic aslan cetin kara koc kurt";

const SOUTH_ASIAN: &str = "
    acharya agarwal aggarwal ahluwalia arora babu bajaj banerjee basu bhagat bhardwaj bhat bhatia bhatt bhattacharya bose chakraborty chandra
    chatterjee chaudhary chauhan chawla chopra choudhury das dasgupta datta desai deshmukh deshpande devi dey dhawan dixit dubey dutta
    fernando gandhi garg ghosh gill goel gokhale gopal goswami goyal grewal guha gupta iyer jadhav jain jha joshi kadam kapadia kapoor
    kapur kaul kaur khanna khatri kohli krishnan kulkarni kumar lal mahajan malhotra mathur mehra mehta menon mishra misra mittal modi
    mohan mukherjee nair naidu nanda narayan nath nayak nigam ojha pai pandey pandit parekh parmar patel pathak patil pillai prabhu
    prakash prasad purohit rai raj rajan raju ram raman rana rane rao rastogi rathore raut reddy roy sahu saini samant sandhu sane sarkar
    sawant saxena sen sengupta seth sethi shah sharma shenoy shetty shinde shukla sidhu singh sinha solanki soni srinivasan srivastava
    subramanian sundaram suri swamy talwar tandon thakkar thakur tiwari tripathi trivedi upadhyay varghese varma venkatesh verma vyas
    yadav perera silva fernando jayawardena bandara dissanayake wickramasinghe gunawardena rajapaksa shrestha thapa gurung rai tamang";

const EAST_ASIAN: &str = "
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

const MORE_ENGLISH: &str = "
    adair addison agnew ainsworth albright alderson aldrich aldridge allard allman alston ames amos ancheta anderton ansell appleby appleton
    archibald arkwright arledge armistead arndt arrington asher ashby ashcroft ashworth askew aspinall atherton atwater atwood aubrey austen
    ayers babcock bachman backus badger bagley bainbridge bair balfour ballantyne banister bannister barclay barfield barger barham
    barksdale barnard barnhart barrington barrows barrymore bartley barwick bascom basham bassett batchelor bateman batson battle bayley
    baylor beale beaman beamon beaumont beauchamp beckett beckham beckman beckwith bedford beebe beecher belcher bellamy belmont benedict
    benefield benjamin benner benton bergman berman bernstein berryman betts beverly bevan bickford biddle biggs bingham birch birmingham
    bixby blackman blackmon blackwood blaine blakely blakeney blalock bland blanton blaylock bledsoe blevins block bloom blount blum blythe
    boatwright bogart boggs bohannon bolden boles bolling boone boothe borden boswell bostick bosworth boudreaux bourne boutwell bowden
    bowdoin bowie bowles bowling bowser boyce boyer boykin boyles bracken brackett braden brandenburg brandon brannon brantley brasher
    braswell bratton brazier breaux breeden brennaman brenner brewster bridgeman brigham brinkley briscoe bristow britt broadbent broadfield
    brockman broderick brogan bromley bronson brookshire broughton broussard brower brownell brownlee bruckner brumfield brunner brunson
    bryson buckingham buckner budd buffington bullard bumgarner bunch bundy bunn bunting burdett burdick burford burger burkett burkhart
    burleson burnham burnside burr burrell burroughs burrows busby buss butcher butterfield buxton byers bynum byron cable calhoun callaway
    calloway calvert camden campion canfield cantrell carden cardwell carlisle carlton carmichael carnes carrington carrothers carruthers
    casteel castle caswell cates caudill causey cavanaugh cavendish chaffin chamberlain chamberlin champion chancellor chaney chappell
    chatman cheatham cheney chesterfield chester childers childress childs chisholm choate chrisman christie churchill clancy clapp
    claiborne clanton claypool cleary clegg clemens clemons cleveland clifford clifton cline clough coates coats cockburn coburn cody coe
    coffey coffin coffman cohen coker colbert colby coles colley colliss collette colvin comer comstock condon connor connors conover
    constable conte coombs coon coons cope copley corbin corcoran cordell corley cornelius cornell cornett cornwell corrigan costello
    cottrell couch coulter courtney cousins coventry covington cowart cowley coyne crabtree craft craddock craven creighton cramer crandall
    cranston crenshaw crews crockett cromwell cronin crook croft crooks crouch crowder crowe crowell crowley crump cruise culbertson cullen
    culp culver culpepper curran currier cushing custer cutler dabney daigle dailey dalrymple damron dandridge danforth danner darby darden
    darling darnell darrow daughtry davey davison dawkins deal deaton debose delacroix deleon dell delong demarco deming denham denney
    denning denton derrick desmond devine devlin dewey dewitt dickens dickey dickinson diehl diggs dill dillard dingle dinsmore dobbins
    dobbs dobson dockery donahue donohue donnell dooley doran dorman dotson doty doughty dowd dowdy dowling drayton drew drury ducker dubose
    duckworth dugan duggan dunbar dungan dunham dunlop dunning durant durbin durrant dutton duvall dyson eagan eagle earley earnest eason
    easley easterling eastman eastwood eddy eden edgar edmonds edmondson edmunds egan eggleston eldridge elder elkins eller ellington
    ellsworth elmore elrod embry emery emmons engle enright epperson epps epstein erskine ervin erwin estep estes etheridge eubanks everhart
    ezell fagan fairbanks fairchild fairfax faison falk fallon fanning farnsworth farrar farris farrow faulk faust fay feldman felton fenton
    fenwick ferrell ferris fielder fielding findlay findley fink finkelstein finnegan finney fishburne fiske fitch fitzhugh fitzsimmons
    flannery fleck flint flora foltz foote fordham forrester forte foss foust fowlkes fraley franks franz fraser frazer frederick freed
    freedman freund frick friedman frierson fritz frye fulbright funderburk funk furlong furman gaddis gaffney gage gagnon galbraith gale
    gallant gammon gandy gann garber garland garrity garvey garvin gaskin gaskins gaston gatewood gatlin gaylord gaynor geary geller gerber
    gibb gifford gilbertson gilchrist gilliam gilliland gillis gillman gilman gilson gipson givens gladden gladstone gladwell glaser gleason
    gledhill godfrey godwin goetz goins goldman goldsmith goldstein goodall goode gooden goodrich goodson gorham gorman goss gossett gough
    grady grafton granger grantham grayson greenberg greenfield greenway greenlee greenwell gregg grenville gresham grey grier griggs
    grissom griswold groves grubb grubbs guest guidry guinn gunn gunter hackett hadley hagan hagen haggerty haley halsey hamblin hamby hamer
    hamlin hamm hammer hammonds hampson hand haney hanks hanley hanlon hannah hannigan hardaway harden harder hardwick hargrave hargrove
    harlan harley harlow harman harmon harms harp harrelson hartley hartwell harwood haskell haskins hastings hatch hatcher hathaway hatley
    hauser havens hawk hawley hawthorne haywood hazelwood headley healy heard hearn heaton heck heckman hedges hedrick heffernan heller helm
    helms helton hemingway hemphill hendrick hendrickson hendrix henley hennessy henning hensley herndon herrick herrington hershey hester
    hewett hiatt hickey hickson higdon higginbotham higginson hildebrand hilliard hillman hinckley hinkle hinson hirsch hitchcock hoag
    hobson hodgson hoff holbrook holbert holcombe holley hollingsworth hollis hollister holloman holman holton homan honeycutt hooker hooks
    hopson horner hornsby horowitz horsley hoskins houghton houser howarth howland hoyt huckabee huddleston hudgins huey huggins humphreys
    humphries hundley hunnicutt hurd hurt husband huston hutchens hutcheson hutchins hutchison hyatt hyman inman irvin irvine irving isaac
    isaacs isaacson isbell ivey jackman jacobsen jacoby jaeger jameson jamison jarrell jarrett jeffers jefferies jeffrey jeffries jenks
    jernigan jessup jewell jobson johnstone joiner jolley joplin joslin joyner judd judge justice kahn kaplan karr kasper katz kauffman
    kavanagh keane kearney kearns keating keaton keefe keen keenan keene kell kelso kendall kendrick kenney kenny kenyon kern kersey kessler
    kidd kidwell kiernan kilgore killian kilpatrick kimball kimble kincaid kinder kingsley kinsey kipling kirkpatrick kirkwood kiser
    kitchens kittredge kline kling klug kneeland knighton knott knotts knowlton knudsen koenig kohn kolb krauss kravitz krueger kurtz kyle
    lacey lackey lacy ladd lafferty laird lake lamar lamont lampkin landers landis landon landrum landry langdon langford langley langston
    lanham lanier lankford lansing larkin larose larue lassiter latham lathrop latimer lauder laughlin lavender lawler lawless lawton layne
    layton lazarus leahy leary leavitt ledbetter ledford ledger lehman leigh leighton lemay lemon lemons lennon lennox lentz leslie lessard
    levin levinson levitt lew lilly lincoln lind linder lindquist linn linton lipscomb lister litchfield lockard locke lockett lockhart
    lockwood loftin loftus lofton lombard loomis looney lott lovelace lovell loveless lovett lovelady lowell lowman lowrie lowry luce lucero
    ludlow lumpkin lundberg luther luttrell lutz lyle lyman lyon lytle maas mabry macgregor mackey mackie maclean macmillan madison magee
    maguire maher mahan major malloy maloney malcolm mandel mangum mansfield manson maples marcum marcus markham markley marlow marlowe
    marquis marrs marston marsden martell marvin masters masterson mathers matheson mathewson matlock matson mattingly mattox mauldin maupin
    maxfield mayberry mayes mayfield mayhew mays mcadams mcafee mcalister mcarthur mccabe mccaffrey mccain mccallum mccann mccarter
    mccartney mccaskill mcclellan mcclelland mcclendon mcclintock mccloskey mccloud mcclung mccollum mccord mccormack mccracken mccrary
    mccray mccullers mccurdy mcdermott mcdonough mcdougal mcdougall mcduffie mceachern mcelroy mcewen mcfarlane mcgarry mcghee mcgill
    mcginley mcginnis mcgovern mcgraw mcgrew mchenry mchugh mcinerney mckenna mckenney mckeown mckinley mclain mclaren mclellan mclemore
    mcloughlin mcmahan mcmanus mcmillen mcmillian mcmullen mcmurray mcnair mcnally mcnamara mcneal mcneely mcneill mcnulty mcqueen mcrae
    mcreynolds mcvay mcwhorter mcwilliams meacham meade meador means mears medley meehan meeker meeks mellon mellor menard mendenhall
    menzies meredith merrick merriman messer metcalf metcalfe metz metzger michaels michaud milam milburn milford millard milligan milliken
    millington millis milner milton minor minter mintz mireles misner mize mobley moffett moffitt mohr monaghan monahan montague moorehead
    moorman morehead moreland moriarty morley morrell morrill morrissey mortensen mortimer moseley mosely mosher mott mowery moyer mulcahy
    muldoon mulholland mulligan mullis muncy munday munn munroe munson murdock murphey murrell murrow musgrave musgrove myles nagel nance
    napier napper nathan naylor neely neff nelms nesbitt nettles neville newberry newby newcomb newell newkirk newland newsom newsome
    nicholas nicholls nickerson nix noland nolen norfleet northcutt northrop norwood nowell nugent nunn nutt nutter oakes oates odell odum
    oglesby ohara okeefe oldham oleary ollie olmstead omalley oneil orourke orton osullivan oswald otis otoole ott overby overstreet overton
    pace packard paddock padgett paige paine painter parham parish parkinson parr parris parrott partridge paschal patten paulson paxton
    payton peabody peace peacock peebles peel pemberton pence pendergrass pendleton penn pepper perdue perrine person pettigrew pettit
    peyton phelan phillip phipps pickard pickens pickering pickford pierson pike pinckney pinkston piper pippin pitt plummer plunkett poe
    pogue pollard pollock polk pomeroy pool poore porterfield posey poston prather prentice presley prewitt prichard priddy pridgen priest
    priestley pringle pritchett propst provost pryor pullen purcell purdy purnell puryear putnam pyle quarles quick quigley quintero raby
    rader radford rafferty ragland ragsdale raines rainey rains raleigh ralston ramey ramsay rand randle rangel ransom ratcliff rawlings
    rawlins rawls rayburn rayner read reagan reardon reaves rector redd redding reddick redford redman redmond reece reedy rees reeve regan
    reich reiner reinhardt reinhart renfro renner reno renshaw ressler reuter revell rexford rhoades rhea rhyne richey richie richman
    rickard ricketts ricks riddick ridenour rider ridgeway ridley riggins rinehart ripley ritchey roark robb robey robinette robison
    rochester rock rockefeller rockwell roddy roderick roebuck rohr roland rooney roper roscoe roseberry rosenbaum rosenberg rosenthal
    rothman rothschild roundtree rouse routh rowell rowley royal royce royster rubin rucker rudd rudolph ruff ruffin runyon rupert rupp
    rushing rusk russ rust rutledge ryder ryland sadler sage salmon salter samuel samuels sanborn sandberg sands sargent satterfield saxon
    saxton saylor scales scanlon scarborough schaeffer schiller schilling schofield scholl schuler schwab scoggins scruggs scully seagraves
    seals searcy seaton seaver seeley segal seibert seitz self selby seward sewell seymour shackelford shafer shanahan shank shanks shapiro
    sharkey shaver shay shea shearer sheehan sheets sheffield shelby sheldon shelley shephard sherer sherrill sherwood shipley shipman
    shirley shockley shoemaker shore shrader shriver shuler shultz shumate siegel siler sills silverman silvers simms simonds simons
    simonson simpkins singletary sipes sisk sizemore skaggs skelton slade slaughter slayton slone smalley smalls smallwood smart smiley
    smithson smyth snell snipes snodgrass somers somerville sorrell southard southerland southworth spalding spangler sparkman spaulding
    spear speer speight sperry spicer spiegel spivey spooner sprague springer sproul spurlock squires stacey stackhouse stacy stahl staley
    stallings stallworth stamper stancil stanfield stanford stansbury stapleton starkey starks starling starnes starr staten staton stauffer
    steadman stearns steed steen steffen steinberg stephen stepp sterling stern steward stiles stillwell stinson stitt stockdale stocks
    stockton stoddard stoll stoner storey stott stovall strain strand stratton straub strauss streeter stricklin stringer strickler stroud
    strother stubblefield stubbs stuckey stull sturgeon sturgis sturm sumner sumrall sutter swain swan swann swartz sweat swenson swinson
    switzer sylvester symonds tabor tackett taggart talbert talbot tapia tarver tatum tavernier teague teal tedder temple templeton tennant
    tennyson thacker thatcher thayer theriault thibodeaux thigpen thomason thorn thornburg thorne thornhill thorpe thrasher threadgill
    thurman thurston tibbs tidwell tiller tilley timmons tinsley tipton tisdale titus tobias tobin tolbert toliver tolliver tomlin tomlinson
    tompkins toney torrance torrence trahan trammell travers traylor treadway treadwell trent trevor trimble triplett trotter trout troutman
    trowbridge truman truitt tubbs tully turk turnage turnbull turpin tuttle twain ullman ulrich underhill upchurch upshaw upton usher utley
    vail valentine vandyke vann vanover vargo varner varney venable vernon vest vick vickers voss waddell wadsworth waggoner wagoner
    wainwright waite wakefield walden waldron waldrop wallen wallis wampler warden warfield warrick warwick wasserman waterhouse waterman
    watters waugh weatherford weatherly weathers webber weems weinberg weiner weinstein weir weldon wellman wentworth wesley wesson
    westbrook westcott westfall westmoreland whalen wharton whatley wheatley wheaton whelan whitcomb whitehouse whitehurst whiteside whiting
    whitlock whitlow whitman whitmire whitmore whitt whittaker whittemore whittington wicker wickham wilburn wilhelm wilkes wilkie wilks
    willard willett willey willingham willoughby wills wilmot wiltshire winchester windham winfield winfrey wingate winn winslow winstead
    winston winthrop witherspoon witte wofford womack woodall woodbury woodcock woodson woody woolf worley worsham worth wortham worthington
    worthy wray wren wrenn wylie wyman wynne yancey yarborough yeager yeats yocum yoder yost youngblood yount zeigler zimmer zimmerman zook";

const GERMAN: &str = "
    abel achterberg adler aigner albers altmann amann anders angerer appel auer bachmann bader bahr balzer barth bartels baumeister baur
    bayer behr behrens benz bernhardt beyer biermann binder blank bock bode bohme bolz borchert brandl breuer brinkmann bruns buchner
    burkhardt busse christ claus dietz dorn dreier dreher drexler eberhardt eder ehlers eichhorn engelhardt erhardt ernst esser feldmann
    fiedler fleischer forster fritsch frohlich funke gabriel gartner gebhardt geissler gerlach giese gobel goetze gottschalk greiner grosse
    haag haase hamann hanke hartung heil heine heinz heinze hempel henkel hennig hentschel herzog hesse heuer hildebrandt hiller hinz hofer
    hohn holz hubner janzen jost junker kaufmann keil kirchner klaus klemm klose kluge knoll kopp kremer kreuzer kroll krug kruse kuhne
    kunze kurz langer laub lechner lenz lindemann lindner link loffler lohmann mayr meissner munch naumann neubauer nickel niemann nolte
    pape pfeffer pfister pichler preuss probst raab rapp rau rausch reichert reimann reimer reiter rieger riedel roder rohde romer rothe ruf
    runge ruppert sander schade scharf scheffler schenk schindler schlegel schlosser schluter schon schrader schramm schreiner schumann
    schutz schwarzer seifert siebert singer stadler steffens steinbach stephan stock strobel stumpf thiel thiele thoma unger vetter volk
    walther wegener wegner weidner weigel wendt wenzel westphal wiedemann wiegand wieland wiese wilke will wimmer wittmann wolter wulf
    wunderlich zander zeller";

const FRENCH: &str = "
    bailly barthelemy baudin benard berthelot bertin besson blanchet bodin bouchet bouvier camus carlier carre chapuis chevallier collet
    cordier cousin delattre delaunay delmas descamps deschamps devaux dupuis dupuy etienne evrard ferrand gay georges germain gillet grondin
    guichard guillot guyot hamon herve huet hoarau jacques jacquet jean julien lamy langlois laporte lebon leclercq lejeune lemaitre leveque
    maillard mallet marechal marie marin martinet marty meunier millet monnier pasquier payet pelletier perrier perrot pierre poulain
    prevost remy renault reynaud riviere rolland royer tessier thibault vallee verdier voisin";

const ITALIAN: &str = "
    gallo leone lombardo coppola ferri fabbri bianco marini grasso valentini sanna farina rizzi cattaneo morelli amato silvestri grassi
    pellegrino carbone giuliani benedetti barone rossetti caputo montanari palmieri martino ferretti bellini basile donati piras vitali
    battaglia sartori neri costantini milani ruggiero sorrentino orlando negri damico bruni sacco valente mazzoni rocca guidi dangelo bassi
    gallina benvenuti grandi marchi motta fabiani ferrero filippi fumagalli galimberti gobbi leonardi locatelli lucchini maggi manca melis
    merlo molinari morandi moroni nardi negro oliva orsini pagani pavan perrone piazza pinna poli puglisi ratti ricciardi romeo rosati rota
    salvi santini scotti simonetti spada spinelli tosi trevisan turco venturi vianello viola volpe zanella zanetti zanini";

const PORTUGUESE: &str = "
    oliveira raposo coelho reis simoes antunes fonseca lourenco figueiredo azevedo freitas magalhaes guerreiro brito henriques pinheiro
    morais esteves amaral leal batista andrade domingues moura paiva baptista maia gaspar macedo guimaraes loureiro abrantes aguiar alencar
    assis bezerra braga camargo cavalcanti coutinho dantas farias franco furtado lacerda lima medeiros mello menezes mesquita mota moraes
    nascimento novaes peixoto queiroz rezende sales sampaio siqueira trindade vasconcelos viana xavier";

const DUTCH: &str = "
    dejong devries vandijk deboer degroot hendriks vanleeuwen dekker dewit smits degraaf vandermeer kok dehaan vermeulen vandenheuvel
    vanderveen vandenbroek debruijn debruin vanderheijden schouten vanbeek vanvliet hoekstra verhoeven koster vandam prins blom huisman
    dejonge kuipers vanveen postma bosch bosman post vanwijk kuiper veenstra vandervelde scholten jonker timmermans groen gerritsen
    vandenbosch vanderwal vermeer hermans vanloon jonkman schipper molenaar goossens coenen claes wouters desmet aerts michiels verstraete
    declercq desmedt goethals lemmens pauwels segers thys vandamme vandenberghe verbeke vercammen verhaegen verlinden vermeiren bruins slot
    zoutenbier wiegmans damhuis sluis laan dijk beek vliet veen heuvel";

const NORDIC: &str = "
    pettersson bengtsson jonasson jakobsson magnusson olofsson lindqvist axelsson lundgren lundqvist mattsson berglund fredriksson
    henriksson forsberg sjoberg wallin engstrom danielsson lundin hakansson bjork gunnarsson wikstrom samuelsson isaksson fransson bergqvist
    nystrom holmberg arvidsson lofgren soderberg nyberg blomqvist claesson nordstrom martensson lundstrom viklund bjorklund eliasson
    berggren sandstrom nordin strom aberg hermansson ekstrom holmgren hellstrom dahlberg sundberg hedlund ekman nilsen kristiansen karlsen
    johnsen pettersen eriksen haugen johannessen andreassen halvorsen henriksen jakobsen moen gundersen iversen svendsen solberg martinsen
    paulsen eide bakken kristoffersen mathisen lie amundsen christiansen poulsen madsen jespersen frandsen bertelsen lauritsen mikkelsen
    korhonen virtanen makinen nieminen makela hamalainen laine heikkinen koskinen jarvinen lehtonen lehtinen saarinen salminen heinonen
    niemi heikkila kinnunen salonen turunen salo laitinen tuominen rantanen karjalainen jokinen mattila savolainen lahtinen ahonen ojala
    leppanen hiltunen kallio miettinen leinonen pitkanen aaltonen manninen hakala koivisto anttila laaksonen hirvonen ukkonen";

const ICELANDIC: &str = "
    jonsdottir sigurdsson gudmundsson olafsson einarsson kristjansson bjornsdottir johannsson stefansson";

const GREEK: &str = "
    papadakis georgiou dimitriou nikolaidis pappas vasiliou ioannou konstantinou papageorgiou christodoulou antoniou karagiannis makris
    vlahos economou alexiou angelopoulos athanasiou";

const TURKISH: &str = "
    ozkan simsek polat korkmaz cakir erdogan acar tekin guler avci turan aktas keskin tas unal bozkurt";

const POLISH: &str = "
    kowalska wisniewska kaminska lewandowska zielinska szymanska dabrowska kozlowski kozlowska jankowska kwiatkowska piotrowska grabowska
    pawlowska michalska krol nowakowska jablonski majewska adamczyk nowicki nowicka stepien malinowska walczak gorska duda tomaszewski
    pietrzak marciniak jakubowski zawadzki sadowski bak wlodarczyk sawicki urbanski kubiak maciejewski szczepanski kucharski wilk kalinowski
    mazurek wysocki adamski sobczak czerwinski andrzejewski cieslak glowacki zakrzewski kolodziej sikorski krajewski gajewski szulc szymczak
    laskowski baranowski brzezinski makowski ziolkowski przybylski domanski borowski blaszczyk chojnacki ciesielski mroz szczepaniak
    wesolowski gorecki krupa leszczynski lipinski kowalewski urbaniak";

const CZECH_AND_HUNGARIAN: &str = "
    dvorakova svobodova cerna prochazkova kucerova vesela horakova nemcova pokorna pospisil pospisilova ruzicka sedlak navratil cermak
    blazek kriz kratochvil kopecky bartos vlcek musil simek konecny maly holub cech kadlec stanek soukup stastny mares sykora tichy valenta
    vavra matousek blaha ricar bures balog lukac papp takacs juhasz lakatos meszaros olah racz fekete szilagyi torok feher gal balazs kis
    kiss szucs kocsis pinter fodor szalai sipos magyar lukacs gulyas biro kiraly laszlo katona jakab bogdan balint boros fazekas kelemen
    somogyi antal orosz vincze hegedus budai deak papai bakos pal illes szoke vass bodnar voros lengyel";

const SOUTH_SLAVIC: &str = "
    maric juric kovacic vukovic knezevic matic djordjevic ilic stankovic djuric mitrovic ivanovic radovic lazic savic kostic todorovic
    ristic tomic bilic blazevic peric bozic pavic grgic filipovic saric lovric vidovic perkovic bosnjak jukic barisic ivankovic hodzic
    hadzic begic mujic delic zupan krajnc zupancic potocnik mlakar vidmar golob";

const ROMANIAN: &str = "
    ionescu dumitru stan gheorghe matei ciobanu constantin tudor dobre barbu nistor florea lazar dinu moldovan munteanu ungureanu sandu
    cristea diaconu toma";

const RUSSIAN: &str = "
    smirnova kuznetsova popova sokolova lebedeva kozlova novikova morozova volkova solovyov vasilieva vasilyev zaitseva pavlova semyonov
    golubev vinogradov vorobyov vorobiev fedorova mikhailova belyaev belyaeva tarasov tarasova belova komarov orlova kiselyov kiselev
    makarova andreev andreeva kovalev kovaleva ilyin ilyina gusev guseva titov titova kuzmin kuzmina kudryavtsev baranov baranova kulikov
    kulikova alekseev alekseeva stepanov stepanova yakovlev yakovleva sorokin sorokina sergeev sergeeva romanova zakharov zakharova borisov
    borisova korolev koroleva gerasimov gerasimova ponomarev grigoriev grigorieva lazarev lazareva medvedev medvedeva ershov ershova nikitin
    nikitina sobolev soboleva ryabov ryabova polyakov polyakova tsvetkov tsvetkova danilov danilova zhukov zhukova frolov frolova zhuravlev
    nikolaeva krylov krylova maksimov maksimova sidorova osipov osipova belousov fedotov fedotova dorofeev egorov egorova matveev matveeva
    bobrov dmitriev dmitrieva kalinin kalinina anisimov petukhov antonova timofeev timofeeva nikiforov veselov filippov filippova markov
    markova bolshakov sukhanov mironov mironova shiryaev aleksandrov aleksandrova konovalov shestakov kazakov kazakova efimov efimova
    denisov denisova gromov gromova fomin fomina davydov melnikov melnikova shcherbakov blinov kolesnikov karpov karpova afanasyev vlasova
    maslov maslova isakov tikhonov tikhonova aksyonov gavrilov rodionov kotov gorbunov kudryashov bykov bykova zuev tretyakov savelyev panov
    rybakov suvorov abramov voronov mukhin arkhipov trofimov martynov emelyanov gorshkov chernov ovchinnikov seleznev panfilov kopylov
    mikheev galkin nazarov lobanov lukin belyakov potapov nekrasov khokhlov zhdanov naumov shilov vorontsov ermakov drozdov ignatiev savin
    loginov safonov kapustin kirillov moiseev eliseev koshelev kostin gorbachev orekhov efremov isaev evdokimov kalashnikov kabanov noskov
    yudin kulagin lapin prokhorov nesterov kharitonov agafonov muravyov larionov fedoseev zimin pakhomov shubin ignatov filatov kryukov
    rogov kulakov terentyev molchanov vladimirov artemyev guryev zinoviev grishin kononov dementyev sitnikov simonov mishin fadeev
    komissarov mamontov nosov gulyaev sharov ustinov vishnyakov evseev lavrentiev bragin konstantinov kornilov avdeev zykov biryukov
    sharapov nikonov shchukin dyachkov odintsov sazonov yakushev krasilnikov gordeev samoilov knyazev bespalov uvarov shashkov bobylev
    doronin belozerov rozhkov samsonov myasnikov likhachev burov sysoev fomichev rusakov strelkov gushchin teterin kolobov subbotin fokin
    blokhin seliverstov pestov kondratiev silin merkushev lytkin turov";

const UKRAINIAN: &str = "
    oliynyk kovalchuk shevchuk polishchuk bondar tkachuk moroz marchenko rudenko klymenko kravchuk savchuk kuzmenko pavlenko kolomiets
    melnychuk boyko ponomarenko vasylenko levchenko kharchenko karpenko sydorenko hrytsenko honcharenko panchenko yurchenko tymoshenko
    romanenko zakharchenko mykhailenko dmytrenko fedorenko nazarenko tarasenko litvin lytvyn lytvynenko ostapenko";

const BULGARIAN: &str = "
    dimitrova georgieva nikolova todorova stoyanov stoyanova hristov hristova iliev ilieva angelov angelova kolev yordanov yordanova
    marinova stefanov stefanova atanasov atanasova kostov mladenov tsvetanov";

const CAUCASIAN_AND_BALTIC: &str = "
    kadyrov akhmetov aliyev mammadov hasanov ibragimov ismailov karimov magomedov nurmagomedov rakhimov sultanov umarov yusupov zakirov
    petrosyan sargsyan grigoryan hakobyan harutyunyan khachatryan hovhannisyan karapetyan gevorgyan beridze kapanadze gelashvili maisuradze
    giorgadze lomidze kalnins berzins ozols jansons liepins kazlauskas jankauskas petrauskas stankevicius tamm saar sepp magi kask kukk
    rebane";

const MORE_SPANISH_AND_FILIPINO: &str = "
    abrera aguinaldo aranda bacani baluyot banez barrera basa becerra benavides bernabe bonilla bravo bustos calvo carballo carmona carranza
    carrera casas cavazos ceballos cepeda cisneros cornejo corona correa cristobal cuellar cuenca dagdag daza deguzman dejesus echeverria
    escobedo espinoza esquivel estacio gallardo galvan gamboa garay garces garrido gavino giron godinez godoy granados guillen heredia
    hinojosa huerta hurtado izquierdo jaramillo ledesma leyva linares lira lugo macalintal macaspac macias manansala manrique maravilla
    marroquin mata medrano mena meza montenegro montoya murillo nava navarrete nieto obregon ontiveros ordonez orellana palacios pantoja
    parra pastrana patino pelayo pizarro portillo posadas puente quezada quintana quintanilla quiroz quispe rendon reynoso rincon rojas
    rueda salgado salinas samaniego santana santillan segovia sepulveda sevilla sierra soliven soria sosa tabios talavera tamayo tanada
    toledo trejo trujillo ugalde urias uribe urrutia valdes valdivia valle varela velarde verdugo viera villagomez villareal villarreal
    villasenor viray yanez ybarra zepeda zubiri";

const MORE_ARABIC: &str = "
    abdulaziz abdullahi abubakar adeyemi afolabi aguda akhtar akinyemi alam alami alawi almasri almutairi alotaibi alqahtani alsaud amini
    anwar arafat asghar asif ashraf atallah azzam baba barakat bashir benali bello bennani berrada bouazza bukhari chaudhry cheikh chowdhury
    daher diallo diop diouf ebrahimi eid elamin elsayed fakhoury fayad fofana ghanem gul habibi hakimi hamdi hammad hamza haque haroun
    hassanzadeh hijazi husseini idris ilyas imran issa jabbar jalloh jamil jamal kabir kader kamara kanaan kareem kassab kassem khalid
    khalifa khatun konate lahoud latif mahfouz majid malak mansouri maroun matar mehmood moghadam mohamud mostafa mughal munir nader nawaz
    omer qadir rafiq raza rizvi saadi sadeghi safi saidi salah saleem salameh samad sarkis sarr sayegh sesay shaheen shamsi shehata soliman
    souza sultan tahir tariq toure traore usman wahab warsame yaqub yasin yassin yusuf zahedi zaidi zayed zidan";

const AFRICAN: &str = "
    adebayo adekunle adeleke ademola agyeman akande akpan amadi ameh amoah anyanwu appiah asante asamoah ayodele babatunde balogun banda
    boateng chanda chikwanha chukwu dlamini dube eze ezeh gitau gumede ibe igwe ikechukwu ikenna iwu kamau kariuki kimani kipchoge kiprono
    koffi kone kouassi kuti lungu mabaso maina makgoba mandela mbeki mbatha mensah mhlongo mkhize mokoena molefe moyo mthembu mugabe mukasa
    mutua mwale mwangi mwansa naidoo ncube ndlovu ndiaye ngcobo ngugi njoroge nkosi nkrumah nwachukwu nwosu nyambura nzimande obasanjo obi
    obiora odhiambo ogunleye ojo okafor okeke okello okonkwo okoro okoye oladipo olayinka oluwole onyango opoku osei otieno owusu phiri
    quaye sibanda sithole tembo uche ugwu wanjiku zulu zuma zwane";

const INDIAN: &str = "
    adhikari amarasinghe anand asthana atwal bains bajwa basnet batra bedi bhandari bharadwaj bhargava bhattarai biswas bora chakravarty
    chaturvedi chaudhuri chhabra dalal dave dhaliwal dhar dhillon dsouza dutt dwivedi ganguly gauchan ghimire grover gunasekara handa hegde
    herath iyengar jaiswal jayasinghe jayasuriya juneja kalra karki karunaratne kashyap khadka khurana koirala kumari kumawat lama luthra
    maharjan mallick mandal mani mehrotra mistry mitra mohanty mondal murthy nadar nagar nag nambiar namboodiri narang narayanan nayar negi
    oberoi padhi pandya panicker pant parikh patnaik paudel poudel pradhan prajapati puri rajput ramachandran ramakrishnan ramesh ranasinghe
    ranatunga rathod rawat rijal saha sahni sahoo sapkota sarin sarma sastry sathe sehgal senanayake shrivastava singhal singla sodhi
    srinivas subedi subramaniam tendulkar tomar tyagi vaidya venkataraman vohra wadhwa walia wijesinghe";

const JAPANESE: &str = "
    adachi akiyama aoyama araki arakawa asano azuma doi egawa fujimura fujioka fujisawa fukui fukushima furukawa hattori hayakawa higuchi
    hirai hirata hirose hori horie horiguchi ichikawa ichinose igarashi iijima imamura inagaki ishibashi ishihara isobe iwai iwamoto iwase
    iwata izumi kanda katayama kawabata kawai kawakami kawamoto kawamura kawano kawashima kishi kitagawa kitamura koizumi komatsu konishi
    koyama kumagai kurihara kuroda kurosawa kudou matsubara matsumura matsunaga matsushita matsuura miyake miyata miyazawa mochizuki
    morimoto morishita moriyama murai muramatsu murayama mutou nagano nagata nagashima nakahara nakai nakao nakashima nakata nakatani narita
    nishi nishida nishikawa nishimoto nishiyama nishino noda ochiai oda ogata ohashi oikawa okabe okamura okubo okuda okumura omori ooishi
    oota osaka oshima otani otsuki ozaki ozawa sakaguchi sakata sakuma sawada sekiguchi seki shimura shinohara shiraishi shirai sonoda
    sugita tachibana taguchi takano takashima takayama takemoto takenaka tanabe tominaga tomita toyoda tsuji tsukamoto tsuruta uchiyama
    uehara umeda yagi yamagata yamamura yamanaka yamaoka yamasaki yamauchi yasuda yokota yoshimura yoshino yoshioka";

const CHINESE: &str = "
    bai bao bian cen chai chang cheang cheong chew chiang chien chin ching choo chou chu chuang chung cui dai duan fan fang fei foo fung gan
    geng gong guan hao heng hou hsiao hsieh hsu hua hung huo jia jian jiao jin jing kao khoo kong kuo lai lan leong lei liao ling loh lou
    lui luk lun mao mei meng miao mok mou nie niu ooi ouyang pang pei phua poon qian qiao qin qiu quan ruan seow shao sheng shi shih shu
    sima szeto tai tao teng tien tong tsai tseng tsui wan wen weng woo xia xian xiang xin xing xiong xue yan yeh yeoh yeung yim yin ying
    yong yue yun zang zhai zhan zhong zhuang zong zou zuo";

const KOREAN: &str = "
    ban bang byun cha chae cheon chun eom gwak huh hyun jeong joo koo kwak maeng min myung noh pae paik pyo seok seol shim sohn sung tak
    yeom yoo";

const VIETNAMESE: &str = "
    chau dam dau diep khuc kieu lac luong luu mac nghiem ninh nong phung quach thach tiet ton trang trieu ung vong vuong";

const INDONESIAN: &str = "
    adiputra aritonang batubara cahyadi cahyono damanik fauzi firmansyah ginting handayani harahap hasibuan hutagalung hutapea iskandar
    kurniawan kurniasih lestari lubis manurung maulana mulyadi nainggolan napitupulu nugraha panjaitan permana pohan prabowo prasetyo purba
    purnama purnomo puspita rahayu ramadhan rangkuti ritonga sagala santosa saragih setiadi siahaan sihombing simamora simatupang sinaga
    situmorang subagyo sudirman suharto sukarno supriyadi suryadi susanti suwandi syahputra tambunan tampubolon tarigan utami utomo wibisono
    widodo wijayanto yulianto yudhoyono zulkarnain";

const THAI: &str = "
    chaiyasit chanthara intharaksa jaidee kaewkamnerd kittisak phanomyong pongsakorn rattanakorn saelim saengchai sawasdee srisuk suksawat
    suwannarat thongchai thongdee wattanakul";
