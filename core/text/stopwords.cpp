// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/stopwords.h"

#include <QHash>

#include <algorithm>

namespace quintet::text {

namespace {

struct List {
    QStringView language;
    QStringView words;
};

// Closed classes only: articles, pronouns, prepositions, conjunctions, auxiliaries, a few adverbs.
constexpr List lists[] = {
    {u"en",
     u"a about above after again against all also although am among an and another any are aren as at be because been "
     u"before being below between both but by can cannot could couldn did didn do does doesn doing don done "
     u"down during each either else ever every few for from further had hadn has hasn have haven having he "
     u"hence her here hers herself him himself his how however i if in into is isn it its itself just less "
     u"ll many may me might more moreover most much must my myself neither no nor not now of off often on once only or "
     u"other "
     u"our ours ourselves out over own per perhaps quite rather re really s same shall she should shouldn since so "
     u"some such "
     u"t than that the their theirs them themselves then there therefore these they this those though through "
     u"thus to too under until up upon us ve very via was wasn we were weren what when where whether which "
     u"while who whom whose why will with within without won would wouldn yet you your yours yourself"},
    {u"de",
     u"ab aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus außer bei beide "
     u"beim bereits bevor bin bis bist da dabei dadurch dafür dagegen daher dahin damit danach dann daran darauf "
     u"daraus "
     u"darin darüber darum das dass dasselbe davon dazu dein deine dem den denen denn dennoch der deren derer des "
     u"dessen deshalb dich "
     u"die dies diese diesem diesen dieser dieses dir doch dort du durch ebenso ein eine einem einen einer eines "
     u"einige einigen er es etwas "
     u"euch euer eure falls für ganz gegen habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre "
     u"ihrem ihren ihrer "
     u"ihres im immer in indem ins irgend ist ja jede jedem jeden jeder jedes jedoch jene jener jetzt kann kein keine "
     u"keinem keinen keiner "
     u"können könnte man manche mehr mein meine mich mir mit muss müssen nach nachdem nein nicht nichts noch nun nur "
     u"ob obwohl oder "
     u"ohne schon sehr sei sein seine seinem seinen seiner seines seit selbst sich sie sind so sobald solche soll "
     u"sollte sondern sonst "
     u"sowie trotz über um und uns unser unsere unter viel viele vom von vor während war waren warum was wegen weil "
     u"weiter "
     u"welche welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wurde wurden zu zum "
     u"zur zwar zwischen"},
    {u"fr", u"à afin ai aie ainsi alors après as au aucun aucune auquel aussi autre autres aux avait avaient avant "
            u"avec avez avoir avons "
            u"bien c car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez comme comment d dans "
            u"de depuis des donc dont du "
            u"elle elles en encore entre est et étaient était étant été être eu eux fait faut fut furent il ils j je "
            u"jusqu jusque l la laquelle le lequel "
            u"les lesquels leur leurs lors lorsque lui m ma mais me même mêmes mes moi moins mon n ne ni non nos notre "
            u"nous on ont or ou où par parce "
            u"parfois pas pendant peu peut peuvent plus plusieurs pour pourquoi pourtant puis puisque qu quand que "
            u"quel quelle quelles quelque quelques quels qui quoi "
            u"s sa sans se selon sera seront ses si soi soit son sont sous sur ta te tel telle tels tes toi ton "
            u"toujours tous tout toute toutefois toutes très "
            u"tu un une vers voici voilà vos votre vous y"},
    {u"es", u"a al algo algunas algunos ambos ante antes aquel aquella aquellos aquí así aun aunque bajo bien cada "
            u"casi como con contra cual cuales "
            u"cuando cuanto de del desde donde dos durante e el él ella ellas ellos en entonces entre era eran es esa "
            u"esas ese eso esos esta está "
            u"están estar estas este esto estos estuvo fue fueron gran ha había habían hace hacia han hasta hay la las "
            u"le les lo los más me mediante mi mientras "
            u"mis mismo mucho muchos muy nada ni no nos nosotros nuestra nuestro o os otra otras otro otros para pero "
            u"poco por porque pues que qué quien "
            u"quienes se sea según ser si sí sido sin sino sobre solo sólo son su sus también tan tanto te tiene "
            u"tienen toda todas todavía todo todos tras tu "
            u"tus un una unas uno unos usted ustedes y ya yo"},
    {u"it", u"a abbiamo ad agli ai al alcuni alla alle allo allora altre altri altro anche ancora aveva avevano avere "
            u"c che chi ci ciò come con contro "
            u"così cui d da dai dal dalla dalle dallo degli dei del dell della delle dello dentro di dopo dove due "
            u"durante e è ed era erano essa esse essere esso fa fino fra "
            u"fu furono già gli ha hai hanno ho i il in infatti inoltre io l la le lei lo loro lui ma me mentre mi mia "
            u"mio molti molto ne né negli nei nel nell nella nelle nello "
            u"no noi non nostra nostro o od ogni oltre ora per perché perciò però più poi poiché prima può qua quale "
            u"quali quando quanto quella quelle quelli quello questa "
            u"queste questi questo qui quindi se sé sei senza si sia sono sopra sotto sta stata stato su sua sue sugli "
            u"sui sul sulla sulle suo suoi tra tutte tutti tutto un una uno vi voi"},
    {u"pt", u"a à ao aos aquela aquele aqueles aquilo as às assim até cada com como contra da das de dela dele deles "
            u"depois desde dessa desse desta deste do "
            u"dos e é ela elas ele eles em enquanto entre era eram essa essas esse esses esta está estão estas este "
            u"estes eu foi foram há isso isto já lhe lhes "
            u"mais mas me mesmo meu minha muito muitos na não nas nem no nos nós nossa nosso num numa o onde os ou "
            u"outra outras outro outros para pela pelas pelo pelos pode "
            u"podem por porém porque qual quando que quem são se seja sem ser será seu seus si sido só sob sobre sua "
            u"suas também tão te tem têm tinha toda todas "
            u"todo todos tu um uma umas uns você vocês"},
    {u"nl", u"aan al alle alleen als altijd andere ben bij bijna daar daarom dan dat de deze die dit doch doen door "
            u"dus echter een eens en er ge geen had hadden "
            u"haar heb hebben heeft hem het hier hij hoe hun iemand iets ik in is ja je jij jou jouw kan kon kunnen "
            u"maar me meer men met mij mijn moet moeten na naar "
            u"niet niets nog nu of om omdat onder ons onze ook op over reeds sinds te tegen ten ter terwijl toch toen "
            u"tot tussen u uit uw van veel voor want waren was wat we "
            u"wel welke werd werden wie wij wil worden wordt zal ze zelf zelfs zich zij zijn zo zoals zonder zou "
            u"zouden zullen"},
    {u"sv", u"alla allt andra att av bara blev bli blir då där de dem den denna deras dess dessa det detta dig din du "
            u"efter eller en ett för från få får genom ha hade han hans har "
            u"hon hur i icke in inte jag ju kan kunde man med mellan men mig min mot mycket någon något några när ni "
            u"nu och också om oss på så sedan sig sin sina sitt ska "
            u"skulle som till under upp ut utan vad var vara varför vi vid vilka vilken år är än även över"},
    {u"da", u"af alle alt andre at blev blive bliver da de dem den denne der deres det dette dig din disse dog du "
            u"efter eller en end er et for fra få ham han hans har havde hele "
            u"hende her hos hun hvad hvis hvor i ikke ind jeg jo kan kunne man mange med meget mellem men mig min mod "
            u"må ned noget nogle nu når og også om op os over på "
            u"selv sig sin skal skulle som sådan så til ud under var ved vi vil ville være været"},
    {u"no", u"alle at av ble bli blir da de dem den denne der deres det dette disse du eller en enn er et etter for "
            u"fra før ha hadde han hans har henne her hos hun hva hvem hvis hvor "
            u"hvordan i ikke inn jeg kan kunne man mange med meg mellom men mer min mot må noe noen nå når og også om "
            u"opp oss over på seg selv sin sine sitt skal skulle slik som "
            u"så til under ut var ved vi vil ville være vært"},
    {u"fi", u"ei eikä eivät emme en että ettei he hän häntä hänen ilman itse ja jo joihin joka jolla jonka jos joskus "
            u"jossa jota jotka kanssa kaikki kautta keskellä koko koska "
            u"kuin kuinka kuitenkin kun kuten me mikä miksi mitä mukaan mutta muun muut myös ne nämä niiden niin niitä "
            u"noin nyt näin ole olen oli olisi olivat olla on ovat se "
            u"sekä sen siinä siis siitä silloin sitten sitä tai tämä tämän tässä te tuo vaan vai vaikka vain voi"},
    {u"pl", u"a aby ale ani aż bardzo bez bo by być był była było były będzie cały ci co czy dla do gdy gdzie go i ich "
            u"ile im inne innych iż ja jak jako jego jej jest jeszcze jeśli "
            u"już kiedy kto która które którego której którzy który którym którą ma mają mi mnie może można my na nad "
            u"nie nich nim niż o od on ona one oni oraz po pod ponieważ poza przed przez przy "
            u"również są się swoje ta tak także tam te tego tej ten teraz też to tu ty tych tylko tym u w we wszystko "
            u"wy z za ze że"},
    {u"cs", u"a aby ale ani asi až bez bude by byl byla bylo být co což či další do ho i já jak jako je jeho jej její "
            u"jejich jen ještě ji jiné jsem jsme jsou k kde kdo když ke "
            u"která které který kteří ku má mezi mi může my na nad nebo není než nic o od on ona oni pak po pod podle "
            u"pokud pouze pro proto protože před přes při s se si "
            u"však své ta tak také tato tedy ten tento to toho tom tomto tím tu tuto ty u už v ve více vy z za ze že"},
    {u"ro", u"a acea această aceasta acest aceste acestea acestui acum ai al ale am ar are as asupra au avea ca că "
            u"când care cât ce cea cei cel cele chiar cine cu cum da dacă dar "
            u"de deci deși din după ea ei el ele era erau este eu face fără fi fie fiind fost iar în încă între la le "
            u"lor lui mai mult nici nu o oricare pe pentru prin sa să sale sau "
            u"se și sunt spre sub te tot toate un una unde unei unui vă"},
    {u"hu", u"a abban ahol aki akik amely amelyek ami amikor az azok azonban azt be csak de e egy egyes egyik el elő "
            u"első és ez ezek ezt ezért fel ha hanem hogy igen így ilyen is "
            u"ismét itt ki le lehet lenne lesz mely meg mert mi mint mintha minden mindig már még más nagyon nagy ne "
            u"nek nem nincs olyan ott pedig sem sok szerint te több után "
            u"úgy vagy van vannak volt voltak"},
    {u"tr", u"ama ancak artık aslında az bana bazı belki ben beni bile bir biri birkaç biz bu buna bunda bundan bunlar "
            u"bunu bunun çok çünkü da daha de defa değil diğer diye "
            u"en fakat gibi göre hem hep hepsi her hiç için ile ise işte kadar ki kim mı mi mu mü nasıl ne neden "
            u"nerede niçin o olan olarak oldu olduğu olduğunu ona onlar onu onun sadece sen siz "
            u"şey şu tüm üzere var ve veya ya yani yok"},
    {u"ru", u"а без более больше бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до "
            u"его ее её если есть еще ещё же за здесь и из или им их к как "
            u"какая какой когда которая которого которой которые который которых кто ли либо между меня мне много "
            u"может можно мой мы на над надо нас не него нее ней нет ни них но ну о об один однако он она они оно от "
            u"очень по под после потом потому почти при про с сам свою себе себя со так также такой там тем то тоже "
            u"только том тот ты у уже хотя чего чем через что чтобы эта эти "
            u"этих это этого этой этом этот эту я"},
    {u"uk", u"а або але без би був була були було бути в вам вас весь від він вона вони воно все всі ви де для до його "
            u"з за зі і із інших її їй їм їх й коли котрий ми може можна на над нам "
            u"нас не немає ні ними них ну о об один однак по під після при про та так також такий там те тим тільки то "
            u"того тоді той тому ті у хоча це цей ці цього цьому чи чого через що щоб як яка який які я є"},
    {u"el", u"αλλά αν από αυτά αυτές αυτή αυτό αυτοί αυτός για δε δεν εάν εδώ εκεί ένα ένας ενώ επίσης έχει έχουν η ή "
            u"ήταν θα και κάθε κατά με μας μέσα μετά μη μην μια μου να ο "
            u"οι όμως όπως όταν ότι ούτε πιο πολύ που προς πως σαν σας σε στα στη στην στις στο στον στους τα τη την "
            u"της τι τις το τον του τους των ώστε"},
    {u"ar", u"أن إن أو إلى إلا أما أي الذي التي الذين اللذان أنه إنه أنها بعد بل بين تلك ثم حتى حول خلال ذلك عن عند "
            u"عندما على غير فإن في قبل قد كان كانت كل كما لا لأن لكن لم لن له لها ليس ما "
            u"مع من منذ منها منه هذا هذه هل هم هناك هو هي و وقد ولا وهو وهي يا"},
    {u"id", u"ada adalah agar akan antara apa atas atau bagi bahwa banyak belum bisa dalam dan dapat dari dengan di "
            u"dia harus hanya hingga ia ini itu jika juga kami karena ke kepada kita "
            u"lain lebih maka mereka merupakan namun oleh pada para saat sangat saya sebagai sebuah secara sedangkan "
            u"sehingga sejak seperti serta setelah suatu sudah telah tersebut tetapi tidak untuk yang"},
    {u"vi", u"bị bởi các cái cần chỉ cho có cũng của cùng đã đang đây để đến đều đó do được gì hay hơn khi không là "
            u"lại lên mà mỗi một này nên nếu ngay nhiều như nhưng những nơi phải qua ra rằng "
            u"rất sau sẽ tại theo thì trên trước từ và vẫn vào vì với"},
};

QHash<QString, std::vector<QStringView>> parsed()
{
    QHash<QString, std::vector<QStringView>> all;
    for (const List &list : lists) {
        std::vector<QStringView> words;
        for (const QStringView word : list.words.tokenize(u' '))
            words.push_back(word);
        std::ranges::sort(words);
        all.insert(list.language.toString(), std::move(words));
    }
    return all;
}

const QHash<QString, std::vector<QStringView>> &all()
{
    static const auto lists = parsed();
    return lists;
}

} // namespace

StopWords::StopWords(const QStringList &languages)
{
    for (const QString &language : languages) {
        const auto &words = of(language);
        m_words.insert(m_words.end(), words.begin(), words.end());
    }
    std::ranges::sort(m_words);
}

bool StopWords::contains(QStringView word) const
{
    return std::ranges::binary_search(m_words, word);
}

QStringList StopWords::languages()
{
    QStringList codes;
    for (const List &list : lists)
        codes << list.language.toString();
    return codes;
}

const std::vector<QStringView> &StopWords::of(const QString &language)
{
    static const std::vector<QStringView> none;
    const auto found = all().constFind(language);
    return found == all().constEnd() ? none : *found;
}

bool isEmptyBigram(char16_t first, char16_t second)
{
    static constexpr QStringView grammar = u"的了是在和与與及或也都就而但这這那其之以于於为為被把从從到对對等个個们們你"
                                           u"我他她它很有不没沒会會能可将將并並一所此";
    const auto isHiragana = [](char16_t c) { return c >= 0x3041 && c <= 0x309F; };
    if (isHiragana(first) && (isHiragana(second) || second == 0))
        return true;
    return grammar.contains(QChar(first)) && (second == 0 || grammar.contains(QChar(second)));
}

} // namespace quintet::text
