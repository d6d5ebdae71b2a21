<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>ResultChart</name>
    <message>
        <source>Chart of %1</source>
        <translation>Diagramm: %1</translation>
    </message>
</context>
<context>
    <name>Usage</name>
    <message numerus="yes">
        <source>The price of %n request(s) is not known.</source>
        <translation>
            <numerusform>Der Preis von %n Anfrage ist nicht bekannt.</numerusform>
            <numerusform>Der Preis von %n Anfragen ist nicht bekannt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
</context>
<context>
    <name>agent</name>
    <message>
        <source>Another Quintet is at work on this run. Its state: quintet agent show %1</source>
        <translation>Ein anderes Quintet arbeitet an diesem Lauf. Sein Stand: quintet agent show %1</translation>
    </message>
    <message>
        <source>The settings could not be written. Check the rights of %1.</source>
        <translation>Die Einstellungen konnten nicht geschrieben werden. Prüfen Sie die Rechte von %1.</translation>
    </message>
    <message>
        <source>Nothing was done in this run that could be done again.</source>
        <translation>In diesem Lauf wurde nichts getan, was sich wiederholen ließe.</translation>
    </message>
    <message>
        <source>There is no value for {{%1}}: a former call gave another result than when the task was saved.</source>
        <translation>Für {{%1}} gibt es keinen Wert: Ein früherer Aufruf ergab etwas anderes als beim Speichern der Aufgabe.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Best customers of the last quarter</source>
        <translation>Beste Kunden des letzten Quartals</translation>
    </message>
    <message>
        <source>Monthly report as a file</source>
        <translation>Monatsbericht als Datei</translation>
    </message>
    <message>
        <source>Monthly sales and growth</source>
        <translation>Monatsumsatz und Wachstum</translation>
    </message>
    <message>
        <source>Sales by category this year</source>
        <translation>Umsatz nach Kategorie in diesem Jahr</translation>
    </message>
    <message>
        <source>sample shop</source>
        <translation>Beispielladen</translation>
    </message>
    <message>
        <source>writes a file</source>
        <translation>schreibt eine Datei</translation>
    </message>
</context>
<context>
    <name>batch</name>
    <message>
        <source>Failed: %1</source>
        <translation>Fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>The results cannot be written: %1.</source>
        <translation>Die Ergebnisse lassen sich nicht schreiben: %1.</translation>
    </message>
    <message>
        <source>The server&apos;s batch interface gave an answer that was not understood.</source>
        <translation>Die Stapelschnittstelle des Servers hat eine unverständliche Antwort gegeben.</translation>
    </message>
    <message>
        <source>The server has no batch interface that Quintet knows.</source>
        <translation>Der Server hat keine Stapelschnittstelle, die Quintet kennt.</translation>
    </message>
    <message>
        <source>There is no file or folder %1.</source>
        <translation>Es gibt keine Datei und keinen Ordner %1.</translation>
    </message>
    <message>
        <source>A former run is no file.</source>
        <translation>Ein früherer Lauf ist keine Datei.</translation>
    </message>
    <message>
        <source>There are no items to try.</source>
        <translation>Es gibt keine Einträge zum Ausprobieren.</translation>
    </message>
    <message>
        <source>%1 is not there any more: it was moved, renamed or deleted since it was listed.</source>
        <translation>%1 ist nicht mehr da: Es wurde verschoben, umbenannt oder gelöscht, seit es aufgelistet wurde.</translation>
    </message>
</context>
<context>
    <name>chat</name>
    <message>
        <source>There are no columns &quot;act&quot; and &quot;prompt&quot; in this file.</source>
        <translation>In dieser Datei gibt es keine Spalten „act“ und „prompt“.</translation>
    </message>
    <message>
        <source>The content of %1 is no longer there. Attach it again.</source>
        <translation>Der Inhalt von %1 ist nicht mehr vorhanden. Hängen Sie ihn erneut an.</translation>
    </message>
    <message>
        <source>There is no conversation %1. &quot;quintet chats list&quot; shows them.</source>
        <translation>Es gibt keine Unterhaltung %1. „quintet chats list“ zeigt alle an.</translation>
    </message>
    <message>
        <source>More than one conversation begins with %1: give more of its id.</source>
        <translation>Mehr als eine Unterhaltung beginnt mit %1: Geben Sie mehr von der ID an.</translation>
    </message>
</context>
<context>
    <name>document</name>
    <message>
        <source>p. %1</source>
        <translation>S.&#xa0;%1</translation>
    </message>
    <message>
        <source>slide %1</source>
        <translation>Folie %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>%1, row %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>Notes: %1</source>
        <translation>Notizen: %1</translation>
    </message>
    <message>
        <source>“%1” has no such page.</source>
        <translation>„%1“ hat keine solche Seite.</translation>
    </message>
    <message>
        <source>“%1” has a page that cannot be drawn.</source>
        <translation>„%1“ hat eine Seite, die sich nicht zeichnen lässt.</translation>
    </message>
    <message>
        <source>“%1” is encrypted and needs a password. Give it with the password option.</source>
        <translation>„%1“ ist verschlüsselt und braucht ein Passwort. Geben Sie es mit der Passwort-Option an.</translation>
    </message>
    <message>
        <source>The password for “%1” is wrong. Give the right one.</source>
        <translation>Das Passwort für „%1“ ist falsch. Geben Sie das richtige an.</translation>
    </message>
    <message>
        <source>“%1” is encrypted with a password, in a way that only its own program opens. Open it there, save it without a password, and give that.</source>
        <translation>„%1“ ist so mit einem Passwort verschlüsselt, dass nur das eigene Programm es öffnet. Öffnen Sie es dort, speichern Sie es ohne Passwort, und geben Sie das an.</translation>
    </message>
    <message>
        <source>“%1” holds no text. Give a file with text in it.</source>
        <translation>„%1“ enthält keinen Text. Geben Sie eine Datei mit Text an.</translation>
    </message>
    <message>
        <source>a program</source>
        <translation>ein Programm</translation>
    </message>
    <message>
        <source>a Windows program</source>
        <translation>ein Windows-Programm</translation>
    </message>
    <message>
        <source>a compiled program</source>
        <translation>ein kompiliertes Programm</translation>
    </message>
    <message>
        <source>an archive of compiled code or a package</source>
        <translation>ein Archiv mit kompiliertem Code oder ein Paket</translation>
    </message>
    <message>
        <source>a sound file</source>
        <translation>eine Audiodatei</translation>
    </message>
    <message>
        <source>a sound or video file</source>
        <translation>eine Audio- oder Videodatei</translation>
    </message>
    <message>
        <source>a video or image file</source>
        <translation>eine Video- oder Bilddatei</translation>
    </message>
    <message>
        <source>a video file</source>
        <translation>eine Videodatei</translation>
    </message>
    <message>
        <source>a 7-Zip archive</source>
        <translation>ein 7-Zip-Archiv</translation>
    </message>
    <message>
        <source>a RAR archive</source>
        <translation>ein RAR-Archiv</translation>
    </message>
    <message>
        <source>a SQLite database</source>
        <translation>eine SQLite-Datenbank</translation>
    </message>
    <message>
        <source>“%1” is nested deeper than any real document; it was not read.</source>
        <translation>„%1“ ist tiefer verschachtelt als jedes echte Dokument und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>“%1” is damaged XML that cannot be read. Get a new copy.</source>
        <translation>„%1“ ist beschädigtes XML, das sich nicht lesen lässt. Besorgen Sie eine neue Kopie.</translation>
    </message>
    <message>
        <source>“%1” could not be read: it needs more memory than there is.</source>
        <translation>„%1“ konnte nicht gelesen werden: Die Datei braucht mehr Arbeitsspeicher, als vorhanden ist.</translation>
    </message>
</context>
<context>
    <name>knowledge</name>
    <message>
        <source>Nothing was found about this in your documents.</source>
        <translation>Dazu wurde in Ihren Dokumenten nichts gefunden.</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) fit “%1”; say which with more of the path: %2.</source>
        <translation>
            <numerusform>%n Dokument passt auf „%1“; sagen Sie mit mehr vom Pfad, welches: %2.</numerusform>
            <numerusform>%n Dokumente passen auf „%1“; sagen Sie mit mehr vom Pfad, welches: %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>llm</name>
    <message>
        <source>This engine has no embeddings. Connect a server that has.</source>
        <translation>Diese Engine hat keine Einbettungen. Verbinden Sie einen Server, der welche hat.</translation>
    </message>
    <message>
        <source>This engine does not rerank. Connect a server that does.</source>
        <translation>Diese Engine ordnet nicht neu. Verbinden Sie einen Server, der das kann.</translation>
    </message>
    <message>
        <source>There is no question.</source>
        <translation>Es gibt keine Frage.</translation>
    </message>
    <message>
        <source>I am Quintet&apos;s built-in engine, not a language model: I cannot hold a conversation. I summarize a text by quoting its key sentences (quintet summarize FILE), and answer questions about files and collections by quoting them. For answers in new words, connect a model: &quot;quintet endpoints discover&quot; finds servers on this computer, &quot;quintet endpoints add NAME --base-url URL&quot; adds one, and a key in OPENAI_API_KEY is used as it is.</source>
        <translation>Ich bin die eingebaute Engine von Quintet, kein Sprachmodell: Eine Unterhaltung kann ich nicht führen. Ich fasse einen Text zusammen, indem ich seine Kernsätze zitiere (quintet summarize FILE), und beantworte Fragen zu Dateien und Sammlungen, indem ich sie zitiere. Für Antworten in neuen Worten verbinden Sie ein Modell: „quintet endpoints discover“ findet Server auf diesem Computer, „quintet endpoints add NAME --base-url URL“ fügt einen hinzu, und ein Schlüssel in OPENAI_API_KEY wird ohne Weiteres verwendet.</translation>
    </message>
    <message>
        <source>Nothing was found that answers this.</source>
        <translation>Es wurde nichts gefunden, das darauf antwortet.</translation>
    </message>
    <message>
        <source>An empty text has no meaning to be embedded.</source>
        <translation>Ein leerer Text hat keine Bedeutung, die sich einbetten ließe.</translation>
    </message>
    <message>
        <source>%1 sent vectors of different lengths. Clear the cache, or check which model answers there.</source>
        <translation>%1 hat Vektoren verschiedener Länge gesendet. Leeren Sie den Zwischenspeicher, oder prüfen Sie, welches Modell dort antwortet.</translation>
    </message>
    <message>
        <source>The settings file %1 is not understood, so that nobody knows whether a budget stands in it. Mend it or move it away, then try again.</source>
        <translation>Die Einstellungsdatei %1 ist nicht verständlich, sodass unklar ist, ob ein Budget darin steht. Berichtigen oder verschieben Sie die Datei, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The settings file %1 cannot be written. Check its rights and the free space.</source>
        <translation>Die Einstellungsdatei %1 lässt sich nicht schreiben. Prüfen Sie ihre Rechte und den freien Speicherplatz.</translation>
    </message>
    <message>
        <source>The server takes no more requests for %1 minutes. Wait, or use another endpoint or model. Nothing was sent.</source>
        <translation>Der Server nimmt %1 Minuten lang keine Anfragen mehr an. Warten Sie, oder verwenden Sie einen anderen Endpunkt oder ein anderes Modell. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>%1 sent more than %2 MB, which no answer is. Check the base URL.</source>
        <translation>%1 hat mehr als %2 MB gesendet, so groß ist keine Antwort. Prüfen Sie die Basis-URL.</translation>
    </message>
    <message>
        <source>The model server gave up: %1</source>
        <translation>Der Modellserver hat aufgegeben: %1</translation>
    </message>
    <message>
        <source>The server&apos;s answer was not understood. Check that the base URL is that of a model server.</source>
        <translation>Die Antwort des Servers war nicht verständlich. Prüfen Sie, ob die Basis-URL die eines Modellservers ist.</translation>
    </message>
    <message>
        <source>The connection to %1 broke off before the answer was complete. Try again.</source>
        <translation>Die Verbindung zu %1 brach ab, bevor die Antwort vollständig war. Versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>net</name>
    <message>
        <source>What %1 sent is larger than %2 MB.</source>
        <translation>Was %1 gesendet hat, ist größer als %2 MB.</translation>
    </message>
    <message>
        <source>The server sent a line of over %1 MB; the answer was given up. Check that the address is a model server&apos;s.</source>
        <translation>Der Server hat eine Zeile von über %1 MB gesendet; die Antwort wurde abgebrochen. Prüfen Sie, ob die Adresse die eines Modellservers ist.</translation>
    </message>
    <message>
        <source>The server sent an event without end; the answer was given up. Check that the address is a model server&apos;s.</source>
        <translation>Der Server hat ein Ereignis ohne Ende gesendet; die Antwort wurde abgebrochen. Prüfen Sie, ob die Adresse die eines Modellservers ist.</translation>
    </message>
</context>
<context>
    <name>pattern</name>
    <message>
        <source>The same is to be done to many items: a queue does it at half the price and survives an interruption.</source>
        <translation>Mit vielen Einträgen soll dasselbe geschehen: Eine Warteschlange erledigt das zum halben Preis und übersteht eine Unterbrechung.</translation>
    </message>
    <message>
        <source>It takes several steps with search, calculation or data: an agent chooses its tools and shows each step.</source>
        <translation>Es braucht mehrere Schritte mit Suche, Berechnung oder Daten: Ein Agent wählt seine Werkzeuge und zeigt jeden Schritt.</translation>
    </message>
    <message>
        <source>It asks your own documents: Knowledge finds the passages and answers with the page.</source>
        <translation>Es fragt nach Ihren eigenen Dokumenten: „Wissen“ findet die Textstellen und antwortet mit der Seite.</translation>
    </message>
    <message>
        <source>It is a conversation: Chat answers at once and you read it as it is written.</source>
        <translation>Es ist ein Gespräch: „Chat“ antwortet sofort, und Sie lesen mit, während die Antwort entsteht.</translation>
    </message>
    <message>
        <source>One text in, one answer out: the simplest pattern does it.</source>
        <translation>Ein Text hinein, eine Antwort heraus: Dafür genügt das einfachste Muster.</translation>
    </message>
</context>
<context>
    <name>quintet</name>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made. Check the rights of its parent, or name another folder with --data-dir.</source>
        <translation>Der Ordner %1 lässt sich nicht anlegen. Prüfen Sie die Rechte des übergeordneten Ordners, oder nennen Sie mit --data-dir einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written. Check its rights, or name another folder with --data-dir.</source>
        <translation>In den Ordner %1 lässt sich nicht schreiben. Prüfen Sie seine Rechte, oder nennen Sie mit --data-dir einen anderen Ordner.</translation>
    </message>
    <message>
        <source>There is no home folder to keep things in. Name a folder with --data-dir or QUINTET_DATA_DIR.</source>
        <translation>Es gibt keinen persönlichen Ordner, um etwas aufzubewahren. Nennen Sie einen Ordner mit --data-dir oder QUINTET_DATA_DIR.</translation>
    </message>
    <message>
        <source>Give the MCP server “%1” another name; tools of Quintet&apos;s have that one.</source>
        <translation>Geben Sie dem MCP-Server „%1“ einen anderen Namen; Werkzeuge von Quintet heißen schon so.</translation>
    </message>
    <message>
        <source>There is no tool %1 for what was given. A database, a folder or a collection may have to be named.</source>
        <translation>Für das Angegebene gibt es kein Werkzeug %1. Möglicherweise fehlt die Angabe einer Datenbank, eines Ordners oder einer Sammlung.</translation>
    </message>
</context>
<context>
    <name>quintet::Background</name>
    <message>
        <source>Quick answer from the clipboard</source>
        <translation>Schnellantwort zur Zwischenablage</translation>
    </message>
    <message>
        <source>Notices when long work ends</source>
        <translation>Benachrichtigungen, wenn lange Arbeiten enden</translation>
    </message>
    <message>
        <source>Keep running in the tray when the window closes</source>
        <translation>Im Infobereich weiterlaufen, wenn das Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird eingelesen</translation>
    </message>
    <message>
        <source>Documents were read</source>
        <translation>Dokumente wurden eingelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n agent(s) at work</source>
        <translation>
            <numerusform>%n Agent arbeitet</numerusform>
            <numerusform>%n Agenten arbeiten</numerusform>
        </translation>
    </message>
    <message>
        <source>An agent waits for you</source>
        <translation>Ein Agent wartet auf Sie</translation>
    </message>
    <message>
        <source>A batch run has ended</source>
        <translation>Ein Stapellauf ist beendet</translation>
    </message>
    <message>
        <source>%1: %2 done, %3 failed</source>
        <translation>%1: %2 fertig, %3 fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1: %2 done</source>
        <translation>%1: %2 fertig</translation>
    </message>
    <message>
        <source>An agent has ended its task</source>
        <translation>Ein Agent hat seine Aufgabe beendet</translation>
    </message>
    <message>
        <source>It asks before it writes or sends anything.</source>
        <translation>Er fragt, bevor er etwas schreibt oder sendet.</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
</context>
<context>
    <name>quintet::Commands</name>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Batch run</source>
        <translation>Stapellauf</translation>
    </message>
    <message>
        <source>Saved task</source>
        <translation>Gespeicherte Aufgabe</translation>
    </message>
    <message>
        <source>Hints where a simpler tab would do</source>
        <translation>Hinweise, wo ein einfacherer Tab genügt</translation>
    </message>
</context>
<context>
    <name>quintet::Desk</name>
    <message>
        <source>Desktop</source>
        <translation>Arbeitsumgebung</translation>
    </message>
</context>
<context>
    <name>quintet::Handovers</name>
    <message>
        <source>text.txt</source>
        <translation>text.txt</translation>
    </message>
    <message>
        <source>This is its summary:</source>
        <translation>Das ist die Zusammenfassung:</translation>
    </message>
    <message>
        <source>Results of %1</source>
        <translation>Ergebnisse von %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a further one of that name</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>quintet::Program</name>
    <message>
        <source>Keep everything in this folder.</source>
        <translation>Alles in diesem Ordner aufbewahren.</translation>
    </message>
    <message>
        <source>Write pictures of all pages, or of page TAB, and end.</source>
        <translation>Bilder aller Seiten oder der Seite TAB schreiben und beenden.</translation>
    </message>
    <message>
        <source>Tell on standard error what is done.</source>
        <translation>Auf der Standardfehlerausgabe melden, was geschieht.</translation>
    </message>
    <message>
        <source>Documents to open on the Summarize tab.</source>
        <translation>Dokumente, die im Tab „Zusammenfassen“ geöffnet werden.</translation>
    </message>
    <message>
        <source>Summarizing: section %1 of %2</source>
        <translation>Zusammenfassen: Abschnitt %1 von %2</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>Eingebaute Engine</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Summarizing…</source>
        <translation>Wird zusammengefasst…</translation>
    </message>
    <message>
        <source>Answering…</source>
        <translation>Antwort wird erstellt…</translation>
    </message>
    <message>
        <source>An agent waits for you</source>
        <translation>Ein Agent wartet auf Sie</translation>
    </message>
    <message>
        <source>An agent is at work…</source>
        <translation>Ein Agent arbeitet…</translation>
    </message>
    <message numerus="yes">
        <source>%n batch run(s)</source>
        <translation>
            <numerusform>%n Stapellauf</numerusform>
            <numerusform>%n Stapelläufe</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the small window for quick answers.</source>
        <translation>Das kleine Fenster für Schnellantworten öffnen.</translation>
    </message>
    <message>
        <source>Quintet ended unexpectedly the last time. What you had written is here again. A report without any of your texts lies on this computer, and was sent nowhere.</source>
        <translation>Quintet wurde das letzte Mal unerwartet beendet. Was Sie geschrieben hatten, ist wieder da. Ein Bericht ohne Ihre Texte liegt auf diesem Computer und wurde nirgendwohin gesendet.</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>Bericht zeigen</translation>
    </message>
    <message>
        <source>Forget the backup</source>
        <translation>Sicherung vergessen</translation>
    </message>
</context>
<context>
    <name>quintet::Shots</name>
    <message>
        <source>classify these 2000 reviews by mood</source>
        <translation>klassifiziere diese 2000 Bewertungen nach Stimmung</translation>
    </message>
    <message>
        <source>How much did revenue grow, and what carried it?</source>
        <translation>Wie stark ist der Umsatz gewachsen, und was hat das Wachstum getragen?</translation>
    </message>
    <message>
        <source>Letters: keywords</source>
        <translation>Briefe: Stichwörter</translation>
    </message>
    <message>
        <source>What do our statutes say about guests?</source>
        <translation>Was sagt unsere Satzung über Gäste?</translation>
    </message>
</context>
<context>
    <name>quintet::agent</name>
    <message>
        <source>The variable “%1” needs a name of letters, and a number or an expression as its value.</source>
        <translation>Die Variable „%1“ braucht einen Namen aus Buchstaben und als Wert eine Zahl oder einen Ausdruck.</translation>
    </message>
    <message>
        <source>That cannot be calculated: %1</source>
        <translation>Das lässt sich nicht berechnen: %1</translation>
    </message>
    <message>
        <source>That takes too long to calculate. Ask for less, or for an estimate.</source>
        <translation>Diese Berechnung dauert zu lange. Verlangen Sie weniger oder eine Schätzung.</translation>
    </message>
    <message>
        <source>Nothing is kept between calculations: give values in &quot;variables&quot; in place of :=.</source>
        <translation>Zwischen Berechnungen bleibt nichts erhalten: Geben Sie Werte in „variables“ an, statt := zu verwenden.</translation>
    </message>
    <message>
        <source>Write numbers without thousands separators: 48210.40, not 48,210.40.</source>
        <translation>Schreiben Sie Zahlen ohne Tausendertrennzeichen: 48210.40, nicht 48,210.40.</translation>
    </message>
    <message>
        <source>The function %1 is not offered: calculations touch nothing outside of themselves.</source>
        <translation>Die Funktion %1 steht nicht zur Verfügung: Berechnungen greifen auf nichts außerhalb ihrer selbst zu.</translation>
    </message>
    <message>
        <source>“%1” is no known unit, function or variable. Give its value in &quot;variables&quot;.</source>
        <translation>„%1“ ist keine bekannte Einheit, Funktion oder Variable. Geben Sie den Wert in „variables“ an.</translation>
    </message>
    <message>
        <source>There is no database %1. Name an SQLite file, or &quot;sample&quot; for the sample shop.</source>
        <translation>Es gibt keine Datenbank %1. Nennen Sie eine SQLite-Datei oder „sample“ für den Beispielladen.</translation>
    </message>
    <message>
        <source>%1 is no file.</source>
        <translation>%1 ist keine Datei.</translation>
    </message>
    <message>
        <source>The database server refuses the account: %1</source>
        <translation>Der Datenbankserver lehnt das Konto ab: %1</translation>
    </message>
    <message>
        <source>The query was stopped: it took too long. Let it look at fewer rows.</source>
        <translation>Die Abfrage wurde angehalten: Sie dauerte zu lange. Lassen Sie sie weniger Zeilen durchsehen.</translation>
    </message>
    <message>
        <source>The database is opened for reading only, and that is not reading: %1.</source>
        <translation>Die Datenbank ist nur zum Lesen geöffnet, und das ist kein Lesezugriff: %1.</translation>
    </message>
    <message>
        <source>The database server cannot be asked: %1</source>
        <translation>Der Datenbankserver lässt sich nicht abfragen: %1</translation>
    </message>
    <message>
        <source>The database says: %1.</source>
        <translation>Die Datenbank meldet: %1.</translation>
    </message>
    <message>
        <source>Comments that hold statements are not taken.</source>
        <translation>Kommentare, die Anweisungen enthalten, werden nicht angenommen.</translation>
    </message>
    <message>
        <source>The database is opened for reading only. Use a SELECT.</source>
        <translation>Die Datenbank ist nur zum Lesen geöffnet. Verwenden Sie ein SELECT.</translation>
    </message>
    <message>
        <source>The database is opened for reading only, and %1 is not taken.</source>
        <translation>Die Datenbank ist nur zum Lesen geöffnet, und %1 wird nicht angenommen.</translation>
    </message>
    <message>
        <source>The statement has %1 placeholders, and %2 parameters were given.</source>
        <translation>Die Anweisung hat %1 Platzhalter, angegeben wurden %2 Parameter.</translation>
    </message>
    <message>
        <source>(%1 bytes)</source>
        <translation>(%1 Bytes)</translation>
    </message>
    <message>
        <source>Allowed by the user.</source>
        <translation>Vom Benutzer erlaubt.</translation>
    </message>
    <message>
        <source>Not allowed by the user.</source>
        <translation>Vom Benutzer nicht erlaubt.</translation>
    </message>
    <message>
        <source>a saved task, replayed without a model</source>
        <translation>eine gespeicherte Aufgabe, ohne Modell wiederholt</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>Nicht abgeschlossen</translation>
    </message>
    <message>
        <source>There is no “%1” in the folder.</source>
        <translation>Im Ordner gibt es „%1“ nicht.</translation>
    </message>
    <message>
        <source>“%1” is a link, or lies behind one. Links are not followed.</source>
        <translation>„%1“ ist eine Verknüpfung oder liegt hinter einer. Verknüpfungen werden nicht verfolgt.</translation>
    </message>
    <message>
        <source>“%1” is no folder, or a link to one.</source>
        <translation>„%1“ ist kein Ordner oder nur eine Verknüpfung zu einem.</translation>
    </message>
    <message>
        <source>“%1” is a folder.</source>
        <translation>„%1“ ist ein Ordner.</translation>
    </message>
    <message>
        <source>“%1” is too long a name.</source>
        <translation>„%1“ ist als Name zu lang.</translation>
    </message>
    <message>
        <source>“%1” cannot be used: %2.</source>
        <translation>„%1“ kann nicht verwendet werden: %2.</translation>
    </message>
    <message>
        <source>That is no regular expression: %1.</source>
        <translation>Das ist kein regulärer Ausdruck: %1.</translation>
    </message>
    <message>
        <source>A call of the task &quot;%1&quot; has no tool, or no id of its own.</source>
        <translation>Ein Aufruf der Aufgabe „%1“ hat kein Werkzeug oder keine eigene ID.</translation>
    </message>
    <message>
        <source>This is no saved task: it has no title, or no calls.</source>
        <translation>Das ist keine gespeicherte Aufgabe: Ihr fehlt der Titel, oder sie hat keine Aufrufe.</translation>
    </message>
    <message>
        <source>A rule of the user&apos;s denies it.</source>
        <translation>Eine Regel des Benutzers lehnt es ab.</translation>
    </message>
    <message>
        <source>Words of others were read before it, which may have asked for it.</source>
        <translation>Zuvor wurden fremde Texte gelesen, die dazu aufgefordert haben könnten.</translation>
    </message>
    <message>
        <source>A rule of yours says to ask.</source>
        <translation>Eine Ihrer Regeln verlangt eine Rückfrage.</translation>
    </message>
    <message>
        <source>It changes something on this computer.</source>
        <translation>Es ändert etwas auf diesem Computer.</translation>
    </message>
    <message>
        <source>It sends words of yours to somebody else.</source>
        <translation>Es sendet Text von Ihnen an jemand anderen.</translation>
    </message>
    <message>
        <source>The search service did not answer with results. A SearXNG instance must have its JSON format switched on.</source>
        <translation>Der Suchdienst hat nicht mit Ergebnissen geantwortet. Bei einer SearXNG-Instanz muss das JSON-Format eingeschaltet sein.</translation>
    </message>
    <message>
        <source>There is no agent run %1. See: quintet agent list</source>
        <translation>Es gibt keinen Agentenlauf %1. Siehe: quintet agent list</translation>
    </message>
</context>
<context>
    <name>quintet::agent::Agent</name>
    <message>
        <source>A task of its own needs a model, to plan it. Connect one; or replay a saved task without a model: quintet agent list shows them, quintet agent replay runs one.</source>
        <translation>Eine eigene Aufgabe braucht ein Modell, das sie plant. Verbinden Sie eines, oder wiederholen Sie eine gespeicherte Aufgabe ohne Modell: quintet agent list zeigt sie an, quintet agent replay führt eine aus.</translation>
    </message>
    <message>
        <source>The limit of %1 steps is reached.</source>
        <translation>Die Grenze von %1 Schritten ist erreicht.</translation>
    </message>
    <message>
        <source>The limit of %1 tokens is reached.</source>
        <translation>Die Grenze von %1 Token ist erreicht.</translation>
    </message>
    <message>
        <source>The limit of %1 is reached.</source>
        <translation>Die Grenze von %1 ist erreicht.</translation>
    </message>
    <message>
        <source>The limit of %1 minutes is reached.</source>
        <translation>Die Grenze von %1 Minuten ist erreicht.</translation>
    </message>
    <message>
        <source>The model went on calling tools in a way that is not understood. Try another model.</source>
        <translation>Das Modell hat Werkzeuge wiederholt auf unverständliche Weise aufgerufen. Versuchen Sie es mit einem anderen Modell.</translation>
    </message>
    <message>
        <source>The model declined to go on.</source>
        <translation>Das Modell hat es abgelehnt fortzufahren.</translation>
    </message>
    <message>
        <source>The model asked a third time for the same call of %1. Tell it what to do instead, or try another model.</source>
        <translation>Das Modell hat zum dritten Mal denselben Aufruf von %1 verlangt. Sagen Sie ihm, was es stattdessen tun soll, oder versuchen Sie es mit einem anderen Modell.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::AgentRunStore</name>
    <message>
        <source>Quintet ended while the run was under way. It can be resumed.</source>
        <translation>Quintet wurde beendet, während der Lauf im Gang war. Er lässt sich fortsetzen.</translation>
    </message>
    <message>
        <source>Several runs begin with %1; give more of the id.</source>
        <translation>Mehrere Läufe beginnen mit %1; geben Sie mehr von der ID an.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::CalculateTool</name>
    <message>
        <source>Calculate</source>
        <translation>Rechnen</translation>
    </message>
    <message>
        <source>The calculator %1 could not be started. Install Quintet again.</source>
        <translation>Der Rechner %1 konnte nicht gestartet werden. Installieren Sie Quintet neu.</translation>
    </message>
    <message>
        <source>That was not calculated within %1 s. Ask for less.</source>
        <translation>Die Berechnung war nach %1 s nicht fertig. Verlangen Sie weniger.</translation>
    </message>
    <message>
        <source>That is too much for the calculator: it gave up. Ask for less.</source>
        <translation>Das ist zu viel für den Rechner: Er hat aufgegeben. Verlangen Sie weniger.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::Caller</name>
    <message>
        <source>The tool is not at hand any more.</source>
        <translation>Das Werkzeug ist nicht mehr verfügbar.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::Condenser</name>
    <message>
        <source>The task and its tools are longer than the model can read. Switch tools off, or choose a model that reads more.</source>
        <translation>Die Aufgabe und ihre Werkzeuge sind länger, als das Modell lesen kann. Schalten Sie Werkzeuge aus, oder wählen Sie ein Modell, das mehr liest.</translation>
    </message>
    <message>
        <source>The model condensed its steps to nothing. Try again.</source>
        <translation>Beim Verdichten der Schritte hat das Modell nichts übrig gelassen. Versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::DatabaseStore</name>
    <message>
        <source>A database needs a name and an address.</source>
        <translation>Eine Datenbank braucht einen Namen und eine Adresse.</translation>
    </message>
    <message>
        <source>The settings could not be written. Check the rights of %1.</source>
        <translation>Die Einstellungen konnten nicht geschrieben werden. Prüfen Sie die Rechte von %1.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::DescribeTable</name>
    <message>
        <source>Describe table</source>
        <translation>Tabelle beschreiben</translation>
    </message>
</context>
<context>
    <name>quintet::agent::EditFile</name>
    <message>
        <source>Edit file</source>
        <translation>Datei bearbeiten</translation>
    </message>
</context>
<context>
    <name>quintet::agent::FetchPage</name>
    <message>
        <source>Fetch page</source>
        <translation>Seite abrufen</translation>
    </message>
    <message>
        <source>Give a whole address, as https://example.org/page.</source>
        <translation>Geben Sie eine vollständige Adresse an, etwa https://example.org/page.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::FileChanges</name>
    <message>
        <source>“%1” names a folder, not a file.</source>
        <translation>„%1“ bezeichnet einen Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>“%1” is no text file, and only those are changed.</source>
        <translation>„%1“ ist keine Textdatei, und nur solche werden geändert.</translation>
    </message>
    <message>
        <source>There is no “%1” in the folder.</source>
        <translation>Im Ordner gibt es „%1“ nicht.</translation>
    </message>
    <message>
        <source>That text does not stand in “%1”. Read the file, and give the text exactly as it stands there.</source>
        <translation>Dieser Text steht nicht in „%1“. Lesen Sie die Datei, und geben Sie den Text genau so an, wie er dort steht.</translation>
    </message>
    <message>
        <source>That text stands in “%1” %2 times. Give more of what is around it, or set replace_all.</source>
        <translation>Dieser Text steht in „%1“ %2-mal. Geben Sie mehr von seiner Umgebung an, oder setzen Sie replace_all.</translation>
    </message>
    <message>
        <source>“%1” was changed meanwhile. Read it again.</source>
        <translation>„%1“ wurde inzwischen geändert. Lesen Sie die Datei erneut.</translation>
    </message>
    <message>
        <source>That is too much for one file: at most %1 MB.</source>
        <translation>Das ist zu viel für eine Datei: höchstens %1 MB.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::Folder</name>
    <message>
        <source>There is no folder %1.</source>
        <translation>Es gibt keinen Ordner %1.</translation>
    </message>
    <message>
        <source>Name files relative to the folder, without a leading slash: “%1”.</source>
        <translation>Nennen Sie Dateien relativ zum Ordner, ohne Schrägstrich am Anfang: „%1“.</translation>
    </message>
    <message>
        <source>“%1” leads out of the folder.</source>
        <translation>„%1“ führt aus dem Ordner hinaus.</translation>
    </message>
    <message>
        <source>A file&apos;s name may hold no control characters.</source>
        <translation>Ein Dateiname darf keine Steuerzeichen enthalten.</translation>
    </message>
    <message>
        <source>“%1…” is too long a name.</source>
        <translation>„%1…“ ist als Name zu lang.</translation>
    </message>
    <message>
        <source>“%1” is a folder.</source>
        <translation>„%1“ ist ein Ordner.</translation>
    </message>
    <message>
        <source>“%1” is no ordinary file.</source>
        <translation>„%1“ ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>“%1” is larger than %2 MB.</source>
        <translation>„%1“ ist größer als %2 MB.</translation>
    </message>
    <message>
        <source>“%1” names a folder, not a file.</source>
        <translation>„%1“ bezeichnet einen Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>“%1” is there, and is no ordinary file.</source>
        <translation>„%1“ ist vorhanden und keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>“%1” is protected against writing.</source>
        <translation>„%1“ ist schreibgeschützt.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::ListFiles</name>
    <message>
        <source>List files</source>
        <translation>Dateien auflisten</translation>
    </message>
</context>
<context>
    <name>quintet::agent::ListTables</name>
    <message>
        <source>List tables</source>
        <translation>Tabellen auflisten</translation>
    </message>
</context>
<context>
    <name>quintet::agent::MysqlSource</name>
    <message>
        <source>This account may use files on the database server, which a read-only transaction does not prevent. Use an account that may only read.</source>
        <translation>Dieses Konto darf Dateien auf dem Datenbankserver verwenden, was eine Nur-Lese-Transaktion nicht verhindert. Verwenden Sie ein Konto, das nur lesen darf.</translation>
    </message>
    <message>
        <source>Qt&apos;s driver for MySQL is missing. Install libqt6sql6-mysql.</source>
        <translation>Der Qt-Treiber für MySQL fehlt. Installieren Sie libqt6sql6-mysql.</translation>
    </message>
    <message>
        <source>There is no table %1. Call list_tables to see which there are.</source>
        <translation>Es gibt keine Tabelle %1. Rufen Sie list_tables auf, um zu sehen, welche es gibt.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::PostgresConnection</name>
    <message>
        <source>There is not enough memory.</source>
        <translation>Der Arbeitsspeicher reicht nicht aus.</translation>
    </message>
    <message>
        <source>The PostgreSQL server cannot be asked: %1</source>
        <translation>Der PostgreSQL-Server lässt sich nicht abfragen: %1</translation>
    </message>
    <message>
        <source>This account may run programs or use files on the database server (%1), which a read-only transaction does not prevent. Use an account that may only read.</source>
        <translation>Dieses Konto darf auf dem Datenbankserver Programme ausführen oder Dateien verwenden (%1), was eine Nur-Lese-Transaktion nicht verhindert. Verwenden Sie ein Konto, das nur lesen darf.</translation>
    </message>
    <message>
        <source>Names and strings with U&amp; are not taken. Write the characters themselves.</source>
        <translation>Namen und Zeichenketten mit U&amp; werden nicht angenommen. Schreiben Sie die Zeichen selbst.</translation>
    </message>
    <message>
        <source>The function %1 may have effects beyond reading, and is not called.</source>
        <translation>Die Funktion %1 könnte mehr tun als lesen und wird nicht aufgerufen.</translation>
    </message>
    <message>
        <source>Give one SQL statement at a time.</source>
        <translation>Geben Sie jeweils nur eine SQL-Anweisung an.</translation>
    </message>
    <message>
        <source>The database is opened for reading only. Use a SELECT.</source>
        <translation>Die Datenbank ist nur zum Lesen geöffnet. Verwenden Sie ein SELECT.</translation>
    </message>
    <message>
        <source>The statement has %1 placeholders, and %2 parameters were given.</source>
        <translation>Die Anweisung hat %1 Platzhalter, angegeben wurden %2 Parameter.</translation>
    </message>
    <message>
        <source>The query was stopped after %1 s. Let it look at fewer rows.</source>
        <translation>Die Abfrage wurde nach %1 s angehalten. Lassen Sie sie weniger Zeilen durchsehen.</translation>
    </message>
    <message>
        <source>A row of the query is too large.</source>
        <translation>Eine Zeile der Abfrage ist zu groß.</translation>
    </message>
    <message>
        <source>The database is opened for reading only, and that is not reading: %1.</source>
        <translation>Die Datenbank ist nur zum Lesen geöffnet, und das ist kein Lesezugriff: %1.</translation>
    </message>
    <message>
        <source>The query was stopped: %1. Let it look at fewer rows.</source>
        <translation>Die Abfrage wurde angehalten: %1. Lassen Sie sie weniger Zeilen durchsehen.</translation>
    </message>
    <message>
        <source>The PostgreSQL server hung up: %1</source>
        <translation>Der PostgreSQL-Server hat die Verbindung beendet: %1</translation>
    </message>
    <message>
        <source>The database says: %1.</source>
        <translation>Die Datenbank meldet: %1.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::PostgresSource</name>
    <message>
        <source>There is no table %1. Call list_tables to see which there are.</source>
        <translation>Es gibt keine Tabelle %1. Rufen Sie list_tables auf, um zu sehen, welche es gibt.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::QueryDatabase</name>
    <message>
        <source>Query database</source>
        <translation>Datenbank abfragen</translation>
    </message>
</context>
<context>
    <name>quintet::agent::ReadFile</name>
    <message>
        <source>Read file</source>
        <translation>Datei lesen</translation>
    </message>
</context>
<context>
    <name>quintet::agent::ReadResultTool</name>
    <message>
        <source>Read on</source>
        <translation>Weiterlesen</translation>
    </message>
    <message>
        <source>There is no result of a call %1.</source>
        <translation>Es gibt kein Ergebnis eines Aufrufs %1.</translation>
    </message>
    <message>
        <source>The result of call %1 has only %2 characters.</source>
        <translation>Das Ergebnis des Aufrufs %1 hat nur %2 Zeichen.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::Replayer</name>
    <message>
        <source>The task calls %1, which is not at hand. Its database, folder or collection may have to be named.</source>
        <translation>Die Aufgabe ruft %1 auf, das nicht verfügbar ist. Möglicherweise fehlt die Angabe der Datenbank, des Ordners oder der Sammlung dafür.</translation>
    </message>
    <message>
        <source>%1 was not done: %2</source>
        <translation>%1 wurde nicht ausgeführt: %2</translation>
    </message>
</context>
<context>
    <name>quintet::agent::SearchFiles</name>
    <message>
        <source>Search files</source>
        <translation>Dateien durchsuchen</translation>
    </message>
</context>
<context>
    <name>quintet::agent::SearchKnowledge</name>
    <message>
        <source>Search knowledge</source>
        <translation>Wissen durchsuchen</translation>
    </message>
</context>
<context>
    <name>quintet::agent::SearchWeb</name>
    <message>
        <source>Search the web</source>
        <translation>Im Web suchen</translation>
    </message>
    <message>
        <source>No search service is set up. Set one in the settings.</source>
        <translation>Es ist kein Suchdienst eingerichtet. Richten Sie in den Einstellungen einen ein.</translation>
    </message>
    <message>
        <source>The search service %1 needs a key. Set one in the settings.</source>
        <translation>Der Suchdienst %1 braucht einen Schlüssel. Hinterlegen Sie ihn in den Einstellungen.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::SqliteHandle</name>
    <message>
        <source>The database is opened for reading only, and that is not reading: %1. Use a SELECT.</source>
        <translation>Die Datenbank ist nur zum Lesen geöffnet, und das ist kein Lesezugriff: %1. Verwenden Sie ein SELECT.</translation>
    </message>
    <message>
        <source>A value of the query is too large: %1.</source>
        <translation>Ein Wert der Abfrage ist zu groß: %1.</translation>
    </message>
    <message>
        <source>The file is no SQLite database, or a damaged one: %1.</source>
        <translation>Die Datei ist keine SQLite-Datenbank oder beschädigt: %1.</translation>
    </message>
    <message>
        <source>The database cannot be opened: %1. Check its rights.</source>
        <translation>Die Datenbank lässt sich nicht öffnen: %1. Prüfen Sie ihre Rechte.</translation>
    </message>
    <message>
        <source>The database is held by another program. Try again.</source>
        <translation>Die Datenbank wird von einem anderen Programm gesperrt. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The database says: %1.</source>
        <translation>Die Datenbank meldet: %1.</translation>
    </message>
    <message>
        <source>Give one SQL statement at a time.</source>
        <translation>Geben Sie jeweils nur eine SQL-Anweisung an.</translation>
    </message>
    <message>
        <source>The database is opened for reading only. Use a SELECT.</source>
        <translation>Die Datenbank ist nur zum Lesen geöffnet. Verwenden Sie ein SELECT.</translation>
    </message>
    <message>
        <source>The statement has %1 placeholders, and %2 parameters were given.</source>
        <translation>Die Anweisung hat %1 Platzhalter, angegeben wurden %2 Parameter.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::SqliteSource</name>
    <message>
        <source>The sample shop is missing. Install Quintet again.</source>
        <translation>Der Beispielladen fehlt. Installieren Sie Quintet neu.</translation>
    </message>
    <message>
        <source>There is no table %1. Call list_tables to see which there are.</source>
        <translation>Es gibt keine Tabelle %1. Rufen Sie list_tables auf, um zu sehen, welche es gibt.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::TodoTool</name>
    <message>
        <source>Keep a list</source>
        <translation>Liste führen</translation>
    </message>
</context>
<context>
    <name>quintet::agent::Toolbox</name>
    <message>
        <source>There is no tool %1. There are: %2.</source>
        <translation>Es gibt kein Werkzeug %1. Es gibt: %2.</translation>
    </message>
    <message>
        <source>The arguments do not fit %1: %2</source>
        <translation>Die Argumente passen nicht zu %1: %2</translation>
    </message>
    <message>
        <source>The arguments of %1 are no JSON object: %2.</source>
        <translation>Die Argumente von %1 sind kein JSON-Objekt: %2.</translation>
    </message>
    <message>
        <source>something else stands there</source>
        <translation>dort steht etwas anderes</translation>
    </message>
</context>
<context>
    <name>quintet::agent::UndoChange</name>
    <message>
        <source>Undo change</source>
        <translation>Änderung rückgängig machen</translation>
    </message>
    <message>
        <source>That version is of a file in another folder, %1.</source>
        <translation>Diese Fassung gehört zu einer Datei in einem anderen Ordner, %1.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::Versions</name>
    <message>
        <source>The former version of “%1” could not be kept, so nothing was written: %2.</source>
        <translation>Die frühere Fassung von „%1“ konnte nicht aufbewahrt werden; deshalb wurde nichts geschrieben: %2.</translation>
    </message>
    <message>
        <source>There is no former version “%1”; they are kept for %2 days.</source>
        <translation>Es gibt keine frühere Fassung „%1“; frühere Fassungen werden %2 Tage aufbewahrt.</translation>
    </message>
    <message>
        <source>“%1” was changed since, and was left as it is.</source>
        <translation>„%1“ wurde seither geändert und deshalb so belassen.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::Watch</name>
    <message>
        <source>The query was stopped: it needs too much memory. Let it look at fewer rows.</source>
        <translation>Die Abfrage wurde angehalten: Sie braucht zu viel Arbeitsspeicher. Lassen Sie sie weniger Zeilen durchsehen.</translation>
    </message>
    <message>
        <source>The query was stopped after %1 s. Let it look at fewer rows.</source>
        <translation>Die Abfrage wurde nach %1 s angehalten. Lassen Sie sie weniger Zeilen durchsehen.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::WebServiceStore</name>
    <message>
        <source>Give the address of the search service, as https://searx.example.org.</source>
        <translation>Geben Sie die Adresse des Suchdienstes an, etwa https://searx.example.org.</translation>
    </message>
    <message>
        <source>The settings could not be written. Check the rights of %1.</source>
        <translation>Die Einstellungen konnten nicht geschrieben werden. Prüfen Sie die Rechte von %1.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::WriteFile</name>
    <message>
        <source>Write file</source>
        <translation>Datei schreiben</translation>
    </message>
</context>
<context>
    <name>quintet::agent::mcp</name>
    <message>
        <source>The MCP server “%1” was not used, since nobody agreed to it: %2</source>
        <translation>Der MCP-Server „%1“ wurde nicht verwendet, da niemand zugestimmt hat: %2</translation>
    </message>
    <message>
        <source>The tool says that it failed.</source>
        <translation>Das Werkzeug meldet, dass es gescheitert ist.</translation>
    </message>
    <message>
        <source>The MCP server “%1”: %2</source>
        <translation>Der MCP-Server „%1“: %2</translation>
    </message>
    <message>
        <source>its arguments must be strings.</source>
        <translation>seine Argumente müssen Zeichenketten sein.</translation>
    </message>
    <message>
        <source>the environment variable %1 is not set.</source>
        <translation>die Umgebungsvariable %1 ist nicht gesetzt.</translation>
    </message>
    <message>
        <source>the old transport &quot;sse&quot; is not spoken; use its address for streamable HTTP.</source>
        <translation>der alte Transport „sse“ wird nicht unterstützt; verwenden Sie seine Adresse für Streamable HTTP.</translation>
    </message>
    <message>
        <source>it needs a &quot;command&quot; to start, or a &quot;url&quot; that begins with http.</source>
        <translation>er braucht ein „command“ zum Starten oder eine „url“, die mit http beginnt.</translation>
    </message>
    <message>
        <source>That is no file of MCP servers: %1.</source>
        <translation>Das ist keine Datei mit MCP-Servern: %1.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>Die Datei %1 lässt sich nicht lesen: %2.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::mcp::Client</name>
    <message>
        <source>The MCP server “%1” did not answer within %2 s.</source>
        <translation>Der MCP-Server „%1“ hat nicht innerhalb von %2 s geantwortet.</translation>
    </message>
    <message>
        <source>The MCP server “%1” says: %2</source>
        <translation>Der MCP-Server „%1“ meldet: %2</translation>
    </message>
</context>
<context>
    <name>quintet::agent::mcp::HttpTransport</name>
    <message>
        <source>The MCP server “%1” ended the session.</source>
        <translation>Der MCP-Server „%1“ hat die Sitzung beendet.</translation>
    </message>
    <message>
        <source>The MCP server “%1” did not answer.</source>
        <translation>Der MCP-Server „%1“ hat nicht geantwortet.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::mcp::InitializeProtocol</name>
    <message>
        <source>The MCP server “%1” speaks revision %2 of the protocol, which Quintet does not know.</source>
        <translation>Der MCP-Server „%1“ spricht Revision %2 des Protokolls, die Quintet nicht kennt.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::mcp::McpTool</name>
    <message>
        <source>The MCP server “%1” has no tool %2 any more.</source>
        <translation>Der MCP-Server „%1“ hat kein Werkzeug %2 mehr.</translation>
    </message>
    <message>
        <source>The MCP server “%1” describes its tool %2 otherwise than when the user agreed to it. Look at it again, then start anew.</source>
        <translation>Der MCP-Server „%1“ beschreibt sein Werkzeug %2 anders als zu dem Zeitpunkt, an dem der Benutzer zustimmte. Sehen Sie es sich noch einmal an, und beginnen Sie dann neu.</translation>
    </message>
</context>
<context>
    <name>quintet::agent::mcp::Question</name>
    <message>
        <source>May the MCP server “%1” be asked? It is at %2</source>
        <translation>Darf der MCP-Server „%1“ angefragt werden? Seine Adresse: %2</translation>
    </message>
    <message>
        <source>May the MCP server “%1” be started? It runs %2</source>
        <translation>Darf der MCP-Server „%1“ gestartet werden? Er führt aus: %2</translation>
    </message>
    <message>
        <source>The MCP server “%1” describes tools otherwise than before. May they be used?</source>
        <translation>Der MCP-Server „%1“ beschreibt Werkzeuge anders als zuvor. Dürfen sie verwendet werden?</translation>
    </message>
</context>
<context>
    <name>quintet::agent::mcp::StdioTransport</name>
    <message>
        <source>it crashed</source>
        <translation>er ist abgestürzt</translation>
    </message>
    <message>
        <source>it ended with status %1</source>
        <translation>er endete mit Status %1</translation>
    </message>
    <message>
        <source>%1 could not be started</source>
        <translation>%1 konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>it sent a message without end</source>
        <translation>er hat eine Nachricht ohne Ende gesendet</translation>
    </message>
    <message>
        <source>The MCP server “%1” is gone: %2. Its log may say why.</source>
        <translation>Der MCP-Server „%1“ läuft nicht mehr: %2. Sein Protokoll nennt vielleicht den Grund.</translation>
    </message>
</context>
<context>
    <name>quintet::backup</name>
    <message>
        <source>The backup %1 cannot be written: %2. Choose another place.</source>
        <translation>Die Sicherung %1 kann nicht geschrieben werden: %2. Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>%1 MB may be needed, which are not free there</source>
        <translation>möglicherweise werden %1 MB gebraucht, die dort nicht frei sind</translation>
    </message>
    <message>
        <source>%1 is no backup of Quintet.</source>
        <translation>%1 ist keine Sicherung von Quintet.</translation>
    </message>
    <message>
        <source>The backup %1 is damaged, and nothing was changed. Use another one.</source>
        <translation>Die Sicherung %1 ist beschädigt; es wurde nichts geändert. Verwenden Sie eine andere.</translation>
    </message>
    <message>
        <source>Another Quintet is open with this data (a window, a batch in a terminal or a server). Close it, then again.</source>
        <translation>Ein anderes Quintet hat diese Daten geöffnet (ein Fenster, ein Stapel im Terminal oder ein Server). Schließen Sie es, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>This backup was written by a newer Quintet. Update, then again.</source>
        <translation>Diese Sicherung stammt von einem neueren Quintet. Aktualisieren Sie Quintet, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>There is no room to unpack the backup: %1 MB are needed. Free some space, then again.</source>
        <translation>Zum Entpacken der Sicherung fehlt der Platz: %1 MB werden gebraucht. Schaffen Sie Platz, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The backup cannot be unpacked: %1. Nothing was changed.</source>
        <translation>Die Sicherung lässt sich nicht entpacken: %1. Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>%1 cannot be moved to %2. Check the rights of both folders, then start again.</source>
        <translation>%1 lässt sich nicht nach %2 verschieben. Prüfen Sie die Rechte beider Ordner, und starten Sie Quintet dann neu.</translation>
    </message>
    <message>
        <source>This could not be removed: %1</source>
        <translation>Das ließ sich nicht entfernen: %1</translation>
    </message>
    <message>
        <source>The keys could not be encrypted; leave them out of the backup.</source>
        <translation>Die Schlüssel ließen sich nicht verschlüsseln; lassen Sie sie aus der Sicherung weg.</translation>
    </message>
    <message>
        <source>The keys in this backup are damaged.</source>
        <translation>Die Schlüssel in dieser Sicherung sind beschädigt.</translation>
    </message>
    <message>
        <source>That is not the password that the keys in this backup were locked with.</source>
        <translation>Das ist nicht das Passwort, mit dem die Schlüssel in dieser Sicherung geschützt wurden.</translation>
    </message>
</context>
<context>
    <name>quintet::backup::Unpacking</name>
    <message>
        <source>The backup cannot be unpacked: %1. Nothing was changed.</source>
        <translation>Die Sicherung lässt sich nicht entpacken: %1. Es wurde nichts geändert.</translation>
    </message>
</context>
<context>
    <name>quintet::backup::Writing</name>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 lässt sich nicht lesen: %2.</translation>
    </message>
</context>
<context>
    <name>quintet::batch</name>
    <message>
        <source>The model or its server declined to answer.</source>
        <translation>Das Modell oder sein Server hat eine Antwort abgelehnt.</translation>
    </message>
    <message>
        <source>The model answered with nothing.</source>
        <translation>Das Modell hat nichts geantwortet.</translation>
    </message>
    <message>
        <source>%1 is no type of a field. There are text, int, number, bool, date and list: &quot;name, age int, tags list&quot;.</source>
        <translation>%1 ist kein Typ eines Feldes. Es gibt text, int, number, bool, date und list: „name, age int, tags list“.</translation>
    </message>
    <message>
        <source>Name the fields of the answer, such as: name, age int, tags list.</source>
        <translation>Nennen Sie die Felder der Antwort, etwa: name, age int, tags list.</translation>
    </message>
    <message>
        <source>%1 is no JSON schema: %2.</source>
        <translation>%1 ist kein JSON-Schema: %2.</translation>
    </message>
    <message>
        <source>The schema</source>
        <translation>Das Schema</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>Es gibt keine Datei %1.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2. What was answered is kept; mend that, then resume.</source>
        <translation>%1 lässt sich nicht schreiben: %2. Die bisherigen Antworten bleiben erhalten; beheben Sie das, und setzen Sie dann fort.</translation>
    </message>
    <message>
        <source>its folder cannot be made</source>
        <translation>der zugehörige Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>the folder cannot be made</source>
        <translation>der Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>Say what to do with each item: a prompt, or a ready-made task.</source>
        <translation>Sagen Sie, was mit jedem Eintrag geschehen soll: ein Prompt oder eine fertige Aufgabe.</translation>
    </message>
    <message>
        <source>To classify, give two labels or more, parted by commas.</source>
        <translation>Zum Klassifizieren geben Sie mindestens zwei Labels an, durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>To translate, name the language to translate into.</source>
        <translation>Zum Übersetzen nennen Sie die Sprache, in die übersetzt werden soll.</translation>
    </message>
    <message>
        <source>To extract fields, name them: a JSON schema, or short: name, age int, tags list.</source>
        <translation>Zum Auslesen von Feldern nennen Sie diese: als JSON-Schema oder kurz: name, age int, tags list.</translation>
    </message>
    <message>
        <source>To rewrite, say how: &quot;in plain words&quot;, &quot;half as long&quot;.</source>
        <translation>Zum Umschreiben sagen Sie, wie: „in einfachen Worten“, „halb so lang“.</translation>
    </message>
    <message>
        <source>%1 has no batch interface in OpenAI&apos;s format. Run it live, or choose another endpoint.</source>
        <translation>%1 hat keine Stapelschnittstelle im Format von OpenAI. Führen Sie den Lauf live aus, oder wählen Sie einen anderen Endpunkt.</translation>
    </message>
    <message>
        <source>%1 needs a model. The built-in engine summarizes, finds keywords, and answers a question to each item by quoting it. Connect a model with: quintet endpoints add, or in the settings.</source>
        <translation>%1: Das erfordert ein Modell. Die eingebaute Engine fasst zusammen, findet Stichwörter und beantwortet zu jedem Eintrag eine Frage, indem sie ihn zitiert. Verbinden Sie ein Modell mit: quintet endpoints add, oder in den Einstellungen.</translation>
    </message>
    <message>
        <source>Filling in fields</source>
        <translation>Felder ausfüllen</translation>
    </message>
    <message>
        <source>Another language</source>
        <translation>Andere Sprache</translation>
    </message>
    <message>
        <source>An instruction of your own</source>
        <translation>Eigene Anweisung</translation>
    </message>
    <message>
        <source>Classifying</source>
        <translation>Klassifizieren</translation>
    </message>
    <message>
        <source>Translating</source>
        <translation>Übersetzen</translation>
    </message>
    <message>
        <source>Rewriting</source>
        <translation>Umschreiben</translation>
    </message>
    <message>
        <source>summaries</source>
        <translation>Zusammenfassungen</translation>
    </message>
    <message>
        <source>fields to a table</source>
        <translation>Felder in eine Tabelle</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>translated into %1</source>
        <translation>übersetzt (%1)</translation>
    </message>
    <message>
        <source>rewritten</source>
        <translation>umgeschrieben</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>%1 holds no answers of this run: lines with custom_id and response, as vLLM&apos;s run-batch writes them.</source>
        <translation>%1 enthält keine Antworten dieses Laufs: Zeilen mit custom_id und response, wie run-batch von vLLM sie schreibt.</translation>
    </message>
</context>
<context>
    <name>quintet::batch::AnswerSchema</name>
    <message>
        <source>The answer is no JSON.</source>
        <translation>Die Antwort ist kein JSON.</translation>
    </message>
</context>
<context>
    <name>quintet::batch::Answerer</name>
    <message>
        <source>There is no text in it.</source>
        <translation>Es ist kein Text darin.</translation>
    </message>
    <message>
        <source>There are no words in it.</source>
        <translation>Es sind keine Wörter darin.</translation>
    </message>
</context>
<context>
    <name>quintet::batch::LinesReader</name>
    <message>
        <source>%1 cannot be read as JSONL: %2.</source>
        <translation>%1 lässt sich nicht als JSONL lesen: %2.</translation>
    </message>
    <message>
        <source>line %1 is no JSON</source>
        <translation>Zeile %1 ist kein JSON</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
</context>
<context>
    <name>quintet::batch::Preparation</name>
    <message>
        <source>There are no items: no file or row fits what was chosen.</source>
        <translation>Es gibt keine Einträge: Keine Datei oder Zeile passt zur Auswahl.</translation>
    </message>
</context>
<context>
    <name>quintet::batch::ProviderRun</name>
    <message>
        <source>The provider&apos;s answers to the batch %1 were not understood.</source>
        <translation>Die Antworten des Anbieters auf den Stapel %1 waren nicht verständlich.</translation>
    </message>
    <message>
        <source>The provider declined the batch: %1</source>
        <translation>Der Anbieter hat den Stapel abgelehnt: %1</translation>
    </message>
    <message>
        <source>The batch was cancelled at the provider. What it had answered is kept; resuming hands the rest over again.</source>
        <translation>Der Stapel wurde beim Anbieter abgebrochen. Was er schon beantwortet hatte, bleibt; beim Fortsetzen wird der Rest erneut übergeben.</translation>
    </message>
</context>
<context>
    <name>quintet::batch::RunStore</name>
    <message>
        <source>There is no batch run %1. See: quintet batch list</source>
        <translation>Es gibt keinen Stapellauf %1. Siehe: quintet batch list</translation>
    </message>
    <message>
        <source>Several batch runs begin with %1; give more of the id.</source>
        <translation>Mehrere Stapelläufe beginnen mit %1; geben Sie mehr von der ID an.</translation>
    </message>
</context>
<context>
    <name>quintet::batch::Runner</name>
    <message>
        <source>Another Quintet is at work on this run. Its state: quintet batch show %1</source>
        <translation>Ein anderes Quintet arbeitet an diesem Lauf. Sein Stand: quintet batch show %1</translation>
    </message>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 ist nicht mehr vorhanden.</translation>
    </message>
</context>
<context>
    <name>quintet::batch::SheetRows</name>
    <message>
        <source> … [cut: %1 characters in all]</source>
        <translation> … [gekürzt: insgesamt %1 Zeichen]</translation>
    </message>
</context>
<context>
    <name>quintet::batch::TableReader</name>
    <message>
        <source>%1 cannot be read as a table: %2.</source>
        <translation>%1 lässt sich nicht als Tabelle lesen: %2.</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>die Datei ist kein Text</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>Zeile %1</translation>
    </message>
</context>
<context>
    <name>quintet::batch::Template</name>
    <message>
        <source>{{%1}} is no variable. There are {{text}}, {{file.name}}, {{file.path}}, {{index}}, and {{row.COLUMN}} for tables.</source>
        <translation>{{%1}} ist keine Variable. Es gibt {{text}}, {{file.name}}, {{file.path}}, {{index}} und für Tabellen {{row.COLUMN}}.</translation>
    </message>
    <message>
        <source>%1 has no column %2.</source>
        <translation>%1 hat keine Spalte %2.</translation>
    </message>
</context>
<context>
    <name>quintet::chat</name>
    <message>
        <source>%1 is no file that can be read.</source>
        <translation>%1 ist keine lesbare Datei.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>%1 is a picture of over 20 MB, more than models take. Make it smaller.</source>
        <translation>%1 ist ein Bild von über 20 MB, mehr als Modelle annehmen. Verkleinern Sie es.</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>Attached: %1</source>
        <translation>Angehängt: %1</translation>
    </message>
    <message>
        <source>%1 is a damaged archive.</source>
        <translation>%1 ist ein beschädigtes Archiv.</translation>
    </message>
    <message>
        <source>%1 holds more than 4 GB of conversations.</source>
        <translation>%1 enthält mehr als 4 GB an Unterhaltungen.</translation>
    </message>
    <message>
        <source>%1 is larger than 4 GB.</source>
        <translation>%1 ist größer als 4 GB.</translation>
    </message>
    <message>
        <source>There is no conversation in %1. Quintet reads the exports of ChatGPT, Claude and Open WebUI, chat-completions JSON, and its own.</source>
        <translation>In %1 ist keine Unterhaltung. Quintet liest die Exporte von ChatGPT, Claude und Open WebUI, Chat-Completions-JSON und seine eigenen.</translation>
    </message>
</context>
<context>
    <name>quintet::chat::Preparation</name>
    <message>
        <source>There is no question that this answers.</source>
        <translation>Es gibt keine Frage, auf die das antwortet.</translation>
    </message>
    <message>
        <source>%1 is longer than the model can read: it was searched instead.</source>
        <translation>%1 ist länger, als das Modell lesen kann: Stattdessen wurde darin gesucht.</translation>
    </message>
    <message>
        <source>%1 of %2 passages were given to the model.</source>
        <translation>%1 von %2 Textstellen wurden dem Modell vorgelegt.</translation>
    </message>
    <message>
        <source>%1 is longer than the model can read: it was left out.</source>
        <translation>%1 ist länger, als das Modell lesen kann, und wurde weggelassen.</translation>
    </message>
</context>
<context>
    <name>quintet::chat::Responder</name>
    <message>
        <source>The model declined to answer.</source>
        <translation>Das Modell hat eine Antwort abgelehnt.</translation>
    </message>
    <message>
        <source>The server&apos;s content filter cut the answer off.</source>
        <translation>Der Inhaltsfilter des Servers hat die Antwort abgeschnitten.</translation>
    </message>
    <message>
        <source>What was said before was condensed, so that it fits the model.</source>
        <translation>Das bisher Gesagte wurde verdichtet, damit es in das Modell passt.</translation>
    </message>
    <message>
        <source>This is longer than the model can read: about %1 tokens, where there is room for %2. Shorten it, or choose a model that reads more.</source>
        <translation>Das ist länger, als das Modell lesen kann: etwa %1 Token, Platz ist für %2. Kürzen Sie es, oder wählen Sie ein Modell, das mehr liest.</translation>
    </message>
    <message>
        <source>The built-in engine cannot go on with an answer. Connect a model.</source>
        <translation>Die eingebaute Engine kann eine Antwort nicht fortsetzen. Verbinden Sie ein Modell.</translation>
    </message>
    <message>
        <source>The conversation is longer than the model can read. Condense it, or choose a model that reads more.</source>
        <translation>Die Unterhaltung ist länger, als das Modell lesen kann. Verdichten Sie sie, oder wählen Sie ein Modell, das mehr liest.</translation>
    </message>
    <message>
        <source>Condensing needs a model. Connect one.</source>
        <translation>Zum Verdichten ist ein Modell nötig. Verbinden Sie eines.</translation>
    </message>
    <message>
        <source>The model condensed the conversation to nothing. Try again.</source>
        <translation>Beim Verdichten der Unterhaltung hat das Modell nichts übrig gelassen. Versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>quintet::document</name>
    <message>
        <source>“%1” is damaged and cannot be unpacked. Get a new copy.</source>
        <translation>„%1“ ist beschädigt und lässt sich nicht entpacken. Besorgen Sie eine neue Kopie.</translation>
    </message>
    <message>
        <source>“%1” is an archive without a document that Quintet can read. Unpack it, and give what it holds.</source>
        <translation>„%1“ ist ein Archiv ohne ein Dokument, das Quintet lesen kann. Entpacken Sie es, und geben Sie den Inhalt an.</translation>
    </message>
    <message>
        <source>“%1” is an archive within archives within archives; it was not read.</source>
        <translation>„%1“ ist ein Archiv in Archiven in Archiven; es wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>“%1” unpacks to far more than a document holds; it was not read.</source>
        <translation>„%1“ wird beim Entpacken weit größer als jedes Dokument; es wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>“%1” is no readable message. Save it again, or give another file.</source>
        <translation>„%1“ ist keine lesbare E-Mail. Speichern Sie sie erneut, oder geben Sie eine andere Datei an.</translation>
    </message>
    <message>
        <source>“%1” is too large: %2 MB, where at most %3 MB can be read. Split it, or give a part of it.</source>
        <translation>„%1“ ist zu groß: %2 MB, gelesen werden höchstens %3 MB. Teilen Sie die Datei, oder geben Sie einen Teil davon an.</translation>
    </message>
    <message>
        <source>“%1” cannot be opened: there is no permission to read it. Change its rights, or copy it somewhere you may read.</source>
        <translation>„%1“ lässt sich nicht öffnen: Die Leseberechtigung fehlt. Ändern Sie die Rechte, oder kopieren Sie die Datei dorthin, wo Sie lesen dürfen.</translation>
    </message>
    <message>
        <source>“%1” was not found. Check the spelling and the folder.</source>
        <translation>„%1“ wurde nicht gefunden. Prüfen Sie die Schreibweise und den Ordner.</translation>
    </message>
    <message>
        <source>“%1” is a link that leads back to itself. Give the file that it was to lead to.</source>
        <translation>„%1“ ist eine Verknüpfung, die auf sich selbst zurückführt. Geben Sie die Datei an, zu der sie führen sollte.</translation>
    </message>
    <message>
        <source>“%1” cannot be read: the disk or folder gave an error. Check that it is still connected, then try again.</source>
        <translation>„%1“ lässt sich nicht lesen: Der Datenträger oder Ordner meldet einen Fehler. Prüfen Sie, ob er noch verbunden ist, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>“%1” is empty. Give a file with text in it.</source>
        <translation>„%1“ ist leer. Geben Sie eine Datei mit Text an.</translation>
    </message>
    <message>
        <source>“%1” is a folder. Give a file in it; `quintet batch` and `quintet knowledge` take whole folders.</source>
        <translation>„%1“ ist ein Ordner. Geben Sie eine Datei darin an; `quintet batch` und `quintet knowledge` nehmen ganze Ordner.</translation>
    </message>
    <message>
        <source>“%1” is a pipe or a device, not a file. Send its data to standard input instead.</source>
        <translation>„%1“ ist eine Pipe oder ein Gerät, keine Datei. Senden Sie die Daten stattdessen an die Standardeingabe.</translation>
    </message>
    <message>
        <source>“%1” could not be read to its end. Check that the disk is still connected, then try again.</source>
        <translation>„%1“ konnte nicht bis zum Ende gelesen werden. Prüfen Sie, ob der Datenträger noch verbunden ist, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>the input</source>
        <translation>die Eingabe</translation>
    </message>
    <message>
        <source>“%1” is an image, whose text can be read only where the program Tesseract is installed. Install tesseract-ocr, then try again.</source>
        <translation>„%1“ ist ein Bild, dessen Text sich nur lesen lässt, wo das Programm Tesseract installiert ist. Installieren Sie tesseract-ocr, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>“%1” could not be read: it needs more memory than there is, or is damaged. Try a smaller part of it.</source>
        <translation>„%1“ konnte nicht gelesen werden: Die Datei braucht mehr Arbeitsspeicher, als vorhanden ist, oder ist beschädigt. Versuchen Sie es mit einem kleineren Teil.</translation>
    </message>
    <message>
        <source>“%1” is locked by its shop (DRM), so that only its own program reads it.</source>
        <translation>„%1“ ist vom Händler gesperrt (DRM), sodass nur dessen eigenes Programm es liest.</translation>
    </message>
    <message>
        <source>“%1” is a damaged PDF that cannot be opened. Get a new copy, or open it in a PDF viewer and save it again.</source>
        <translation>„%1“ ist ein beschädigtes PDF, das sich nicht öffnen lässt. Besorgen Sie eine neue Kopie, oder öffnen Sie es in einem PDF-Betrachter und speichern es erneut.</translation>
    </message>
    <message>
        <source>“%1” is a PDF without pages, probably damaged. Get a new copy.</source>
        <translation>„%1“ ist ein PDF ohne Seiten, wahrscheinlich beschädigt. Besorgen Sie eine neue Kopie.</translation>
    </message>
    <message>
        <source>“%1” has more than 100,000 pages, or is damaged. Split it.</source>
        <translation>„%1“ hat mehr als 100.000 Seiten oder ist beschädigt. Teilen Sie es.</translation>
    </message>
    <message>
        <source>“%1” is a damaged PDF: none of its pages can be read. Get a new copy.</source>
        <translation>„%1“ ist ein beschädigtes PDF: Keine seiner Seiten ist lesbar. Besorgen Sie eine neue Kopie.</translation>
    </message>
    <message>
        <source>“%1” holds only images: its pages have no text to read. Where the program Tesseract is installed (tesseract-ocr), Quintet reads them with it.</source>
        <translation>„%1“ enthält nur Bilder: Seine Seiten haben keinen lesbaren Text. Wo das Programm Tesseract (tesseract-ocr) installiert ist, liest Quintet sie damit.</translation>
    </message>
    <message>
        <source>“%1” is a document of an old office program. Open it in an office program and save it as DOCX, XLSX, PPTX or PDF.</source>
        <translation>„%1“ ist ein Dokument eines alten Office-Programms. Öffnen Sie es in einem Office-Programm, und speichern Sie es als DOCX, XLSX, PPTX oder PDF.</translation>
    </message>
    <message>
        <source>“%1” is %2, which has no text that Quintet can read. Give a document.</source>
        <translation>„%1“ ist %2 und enthält keinen Text, den Quintet lesen kann. Geben Sie ein Dokument an.</translation>
    </message>
    <message>
        <source>“%1” is not a readable web page. Save it again, or give another file.</source>
        <translation>„%1“ ist keine lesbare Webseite. Speichern Sie sie erneut, oder geben Sie eine andere Datei an.</translation>
    </message>
    <message>
        <source>“%1” is nested deeper than any real page; it was not read.</source>
        <translation>„%1“ ist tiefer verschachtelt als jede echte Seite und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>“%1” is not text but binary data that Quintet does not know. Give a text, Markdown or PDF file.</source>
        <translation>„%1“ ist kein Text, sondern Binärdaten, die Quintet nicht kennt. Geben Sie eine Text-, Markdown- oder PDF-Datei an.</translation>
    </message>
    <message>
        <source>“%1” holds nothing but white space. Give a file with text in it.</source>
        <translation>„%1“ enthält nichts als Leerraum. Geben Sie eine Datei mit Text an.</translation>
    </message>
    <message>
        <source>wrote without end</source>
        <translation>schrieb ohne Ende</translation>
    </message>
    <message>
        <source>took too long</source>
        <translation>brauchte zu lange</translation>
    </message>
    <message>
        <source>“%1” could not be read: the program %2 %3. Check it, or the file.</source>
        <translation>„%1“ konnte nicht gelesen werden: Das Programm %2 %3. Prüfen Sie das Programm oder die Datei.</translation>
    </message>
    <message>
        <source>failed on it</source>
        <translation>ist daran gescheitert</translation>
    </message>
    <message>
        <source>“%1” holds no text that the program %2 finds.</source>
        <translation>„%1“ enthält keinen Text, den das Programm %2 findet.</translation>
    </message>
    <message>
        <source>“%1” was set aside, since %2. Try again, or open it in its own program and save it anew.</source>
        <translation>„%1“ wurde zurückgestellt: %2. Versuchen Sie es erneut, oder öffnen Sie die Datei im eigenen Programm und speichern sie neu.</translation>
    </message>
    <message>
        <source>“%1” could not be read: %2. It was set aside; try again, or open it in its own program and save it anew.</source>
        <translation>„%1“ konnte nicht gelesen werden: %2. Die Datei wurde zurückgestellt; versuchen Sie es erneut, oder öffnen Sie sie im eigenen Programm und speichern sie neu.</translation>
    </message>
    <message>
        <source>it was changed while it was being read</source>
        <translation>die Datei wurde während des Lesens geändert</translation>
    </message>
    <message>
        <source>it needed more memory than there is</source>
        <translation>die Datei brauchte mehr Arbeitsspeicher, als vorhanden ist</translation>
    </message>
    <message>
        <source>its reader crashed over it</source>
        <translation>das Leseprogramm stürzte dabei ab</translation>
    </message>
    <message>
        <source>“%1” is a web page without readable text; it may be a table of contents, or made by a script. Open it in a browser and save or copy its text.</source>
        <translation>„%1“ ist eine Webseite ohne lesbaren Text; vielleicht ist sie ein Inhaltsverzeichnis oder von einem Skript erzeugt. Öffnen Sie sie in einem Browser und speichern oder kopieren Sie den Text.</translation>
    </message>
</context>
<context>
    <name>quintet::document::MailText</name>
    <message>
        <source>(no subject)</source>
        <translation>(kein Betreff)</translation>
    </message>
    <message>
        <source>From: %1</source>
        <translation>Von: %1</translation>
    </message>
    <message>
        <source>To: %1</source>
        <translation>An: %1</translation>
    </message>
    <message>
        <source>Cc: %1</source>
        <translation>Cc: %1</translation>
    </message>
    <message>
        <source>Date: %1</source>
        <translation>Datum: %1</translation>
    </message>
    <message>
        <source>attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>Attached, not read: %1</source>
        <translation>Angehängt, nicht gelesen: %1</translation>
    </message>
</context>
<context>
    <name>quintet::document::WorkerExtractor</name>
    <message>
        <source>its reader lost its way over it</source>
        <translation>das Leseprogramm fand sich darin nicht zurecht</translation>
    </message>
</context>
<context>
    <name>quintet::document::WorkerProcess</name>
    <message>
        <source>reading it did not go on for %1 seconds</source>
        <translation>das Lesen kam %1 Sekunden lang nicht voran</translation>
    </message>
    <message>
        <source>reading it took more than %1 seconds</source>
        <translation>das Lesen dauerte mehr als %1 Sekunden</translation>
    </message>
    <message>
        <source>its reader lost its way over it</source>
        <translation>das Leseprogramm fand sich darin nicht zurecht</translation>
    </message>
    <message>
        <source>The part of Quintet that reads documents could not be started. Install Quintet again.</source>
        <translation>Der Teil von Quintet, der Dokumente liest, konnte nicht gestartet werden. Installieren Sie Quintet neu.</translation>
    </message>
</context>
<context>
    <name>quintet::knowledge</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 lässt sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>The index %1 is damaged; it is built anew.</source>
        <translation>Der Index %1 ist beschädigt; er wird neu aufgebaut.</translation>
    </message>
    <message>
        <source>There is not enough memory for the index.</source>
        <translation>Der Arbeitsspeicher reicht für den Index nicht aus.</translation>
    </message>
    <message>
        <source>The index %1 cannot be written. Free some space.</source>
        <translation>Der Index %1 lässt sich nicht schreiben. Geben Sie Speicherplatz frei.</translation>
    </message>
    <message>
        <source>The file cannot be opened: %1</source>
        <translation>Die Datei lässt sich nicht öffnen: %1</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Die Datei lässt sich nicht lesen: %1</translation>
    </message>
    <message>
        <source>%1 is not in this collection.</source>
        <translation>%1 ist nicht in dieser Sammlung.</translation>
    </message>
    <message>
        <source>%1 documents lacked passages; they are read again</source>
        <translation>Dokumente mit fehlenden Textstellen: %1; sie werden erneut gelesen</translation>
    </message>
    <message>
        <source>%1 vectors belonged to no passage</source>
        <translation>Vektoren ohne zugehörige Textstelle: %1</translation>
    </message>
    <message>
        <source>%1 entries of the keyword index belonged to no passage</source>
        <translation>Einträge des Stichwortindex ohne zugehörige Textstelle: %1</translation>
    </message>
    <message>
        <source>the sums of %1 terms were wrong</source>
        <translation>Begriffe mit falschen Summen: %1</translation>
    </message>
    <message>
        <source>the sums of passages were wrong</source>
        <translation>die Summen der Textstellen waren falsch</translation>
    </message>
    <message>
        <source>No document of this collection is called %1.</source>
        <translation>Kein Dokument dieser Sammlung heißt %1.</translation>
    </message>
    <message>
        <source>%1 is there: passage %2.</source>
        <translation>%1 ist dabei: Textstelle %2.</translation>
    </message>
    <message>
        <source>%1 is still waiting to be read.</source>
        <translation>%1 wartet noch darauf, gelesen zu werden.</translation>
    </message>
    <message>
        <source>%1 could not be read: %2</source>
        <translation>%1 konnte nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>%1 was passed over: %2</source>
        <translation>%1 wurde übergangen: %2</translation>
    </message>
    <message>
        <source>%1 is left out by “%2” in the question.</source>
        <translation>%1 ist durch „%2“ in der Frage ausgeschlossen.</translation>
    </message>
    <message>
        <source>All passages of %1 are switched off.</source>
        <translation>Alle Stellen von %1 sind ausgeschaltet.</translation>
    </message>
    <message>
        <source>%1 holds no word of the question.</source>
        <translation>%1 enthält kein Wort der Frage.</translation>
    </message>
    <message>
        <source>%1 is too far behind to be looked at.</source>
        <translation>%1 liegt zu weit hinten, um betrachtet zu werden.</translation>
    </message>
    <message>
        <source>%1 says the same as %2, which stands for both.</source>
        <translation>%1 sagt dasselbe wie %2, das für beide steht.</translation>
    </message>
    <message>
        <source>%1 was put behind, since it is much like passage %2.</source>
        <translation>%1 wurde zurückgestellt, weil es der Stelle %2 sehr ähnlich ist.</translation>
    </message>
    <message>
        <source>%1 was found, but others fit better.</source>
        <translation>%1 wurde gefunden, aber andere passen besser.</translation>
    </message>
    <message>
        <source>rank %1 of %2</source>
        <translation>Rang %1 von %2</translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>Rang %1</translation>
    </message>
    <message>
        <source>Words of the question in it: %1.</source>
        <translation>Darin vorkommende Wörter der Frage: %1.</translation>
    </message>
    <message>
        <source>Words that it lacks: %1.</source>
        <translation>Fehlende Wörter: %1.</translation>
    </message>
    <message>
        <source>By words: %1.</source>
        <translation>Nach Wörtern: %1.</translation>
    </message>
    <message>
        <source>By words: not found.</source>
        <translation>Nach Wörtern: nicht gefunden.</translation>
    </message>
    <message>
        <source>By vectors: %1.</source>
        <translation>Nach Vektoren: %1.</translation>
    </message>
    <message>
        <source>By vectors: not found.</source>
        <translation>Nach Vektoren: nicht gefunden.</translation>
    </message>
    <message>
        <source>Both together: %1, where the last hit has %2.</source>
        <translation>Beides zusammen: %1; der letzte Treffer hat %2.</translation>
    </message>
    <message>
        <source>Some passages of this document are not written. It is read again.</source>
        <translation>Einige Stellen dieses Dokuments sind nicht geschrieben. Es wird noch einmal gelesen.</translation>
    </message>
    <message>
        <source>%1 was found, but %2 put it behind others, as passage %3.</source>
        <translation>%1 wurde gefunden, aber %2 hat es hinter andere gestellt, als Passage %3.</translation>
    </message>
    <message>
        <source>The collection cannot be put into %1.</source>
        <translation>Die Sammlung lässt sich nicht in %1 ablegen.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made. Check its rights.</source>
        <translation>Der Ordner %1 lässt sich nicht anlegen. Prüfen Sie seine Rechte.</translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation>%1 ist nicht vorhanden.</translation>
    </message>
    <message>
        <source>%1 is no collection of Quintet&apos;s.</source>
        <translation>%1 ist keine Sammlung von Quintet.</translation>
    </message>
    <message>
        <source>The collection cannot be copied to %1. Free space, check rights.</source>
        <translation>Die Sammlung lässt sich nicht nach %1 kopieren. Geben Sie Speicherplatz frei, und prüfen Sie die Rechte.</translation>
    </message>
    <message>
        <source>Going over all %1 passages would cost about %2, more than the budget of %3. Raise it, or ask about fewer documents with file:NAME.</source>
        <translation>Alle %1 Textstellen durchzugehen würde etwa %2 kosten, mehr als das Budget von %3. Erhöhen Sie es, oder fragen Sie mit file:NAME nach weniger Dokumenten.</translation>
    </message>
    <message>
        <source>Going over all %1 passages would take about %2 tokens, more than the budget of %3. Raise it, or ask about fewer documents with file:NAME.</source>
        <translation>Alle %1 Stellen durchzugehen würde etwa %2 Token brauchen, mehr als das Budget von %3. Erhöhen Sie es, oder fragen Sie mit file:NAME nach weniger Dokumenten.</translation>
    </message>
</context>
<context>
    <name>quintet::knowledge::Collection</name>
    <message>
        <source>%1 is not there.</source>
        <translation>%1 ist nicht vorhanden.</translation>
    </message>
    <message>
        <source>The keyword index is damaged.</source>
        <translation>Der Stichwortindex ist beschädigt.</translation>
    </message>
    <message>
        <source>the index of vectors was damaged or old; it is built anew</source>
        <translation>der Vektorindex war beschädigt oder veraltet; er wird neu aufgebaut</translation>
    </message>
    <message>
        <source>The passages are in the order in which they were found, since %1 did not put them in order: %2</source>
        <translation>Die Textstellen stehen in der Reihenfolge, in der sie gefunden wurden, da %1 sie nicht geordnet hat: %2</translation>
    </message>
    <message>
        <source>This was found by words alone, since the collection&apos;s model could not be asked: %1</source>
        <translation>Dies wurde allein nach Wörtern gefunden, weil das Modell der Sammlung nicht gefragt werden konnte: %1</translation>
    </message>
    <message>
        <source>the index of vectors, which is being built</source>
        <translation>der Index der Vektoren, der gerade gebaut wird</translation>
    </message>
</context>
<context>
    <name>quintet::knowledge::CollectionSearch</name>
    <message>
        <source>The vectors of this collection are still being read; this was found by words alone.</source>
        <translation>Die Vektoren dieser Sammlung werden noch gelesen; dies wurde allein nach Wörtern gefunden.</translation>
    </message>
    <message>
        <source>The index of words does not know “%1”; the newest %2 passages were read for it.</source>
        <translation>Der Wortindex kennt „%1“ nicht; dafür wurden die neuesten %2 Passagen gelesen.</translation>
    </message>
</context>
<context>
    <name>quintet::knowledge::Library</name>
    <message>
        <source>There is no collection yet. Make one with: quintet knowledge add NAME FOLDER</source>
        <translation>Es gibt noch keine Sammlung. Legen Sie eine an mit: quintet knowledge add NAME FOLDER</translation>
    </message>
    <message>
        <source>There is no collection %1; there are: %2.</source>
        <translation>Es gibt keine Sammlung %1; es gibt: %2.</translation>
    </message>
    <message>
        <source>A collection needs a name of one line.</source>
        <translation>Eine Sammlung braucht einen einzeiligen Namen.</translation>
    </message>
    <message>
        <source>There is a collection %1 already.</source>
        <translation>Es gibt bereits eine Sammlung %1.</translation>
    </message>
    <message>
        <source>%1 cannot be removed. Check its rights.</source>
        <translation>%1 lässt sich nicht entfernen. Prüfen Sie die Rechte.</translation>
    </message>
    <message>
        <source>The question is empty.</source>
        <translation>Die Frage ist leer.</translation>
    </message>
</context>
<context>
    <name>quintet::knowledge::VectorIndex</name>
    <message>
        <source>There is not enough memory for the index.</source>
        <translation>Der Arbeitsspeicher reicht für den Index nicht aus.</translation>
    </message>
    <message>
        <source>The index %1 cannot be written. Free some space.</source>
        <translation>Der Index %1 lässt sich nicht schreiben. Geben Sie Speicherplatz frei.</translation>
    </message>
</context>
<context>
    <name>quintet::knowledge::WholeAnswerer</name>
    <message>
        <source>The notes of all passages do not fit into what %1 reads at once. Choose a model that reads more, or ask about fewer documents with file:NAME.</source>
        <translation>Die Notizen zu allen Textstellen passen nicht in das, was %1 auf einmal liest. Wählen Sie ein Modell, das mehr liest, oder fragen Sie mit file:NAME nach weniger Dokumenten.</translation>
    </message>
    <message>
        <source>And %1 more documents; ask about fewer with file:NAME.</source>
        <translation>Und %1 weitere Dokumente; fragen Sie mit file:NAME nach weniger.</translation>
    </message>
</context>
<context>
    <name>quintet::llm</name>
    <message>
        <source>%1 did not answer with a list of models. Check that the base URL is that of a model server.</source>
        <translation>%1 hat nicht mit einer Liste von Modellen geantwortet. Prüfen Sie, ob die Basis-URL die eines Modellservers ist.</translation>
    </message>
    <message>
        <source>%1 is no header; write them as &quot;Name: value&quot;.</source>
        <translation>%1 ist kein Header; schreiben Sie Header als „Name: Wert“.</translation>
    </message>
    <message>
        <source>The header %1 looks like a key, which must not stand in the settings. Put it into an environment variable and write ${VARIABLE} in its place.</source>
        <translation>Der Header %1 sieht nach einem Schlüssel aus, der nicht in den Einstellungen stehen darf. Legen Sie ihn in einer Umgebungsvariablen ab, und schreiben Sie stattdessen ${VARIABLE}.</translation>
    </message>
    <message>
        <source>Write a proxy as http://HOST:PORT or socks5://HOST:PORT, without a password, or &quot;none&quot; to use none.</source>
        <translation>Schreiben Sie einen Proxy als http://HOST:PORT oder socks5://HOST:PORT, ohne Passwort, oder „none“, um keinen zu verwenden.</translation>
    </message>
    <message>
        <source>This is not the address of a server; write it as http://HOST:PORT/v1.</source>
        <translation>Das ist keine Adresse eines Servers; schreiben Sie sie als http://HOST:PORT/v1.</translation>
    </message>
    <message>
        <source>The address holds a password or key, which would be kept with it. Leave it out, and name the environment variable that holds it with --key-env.</source>
        <translation>Die Adresse enthält ein Passwort oder einen Schlüssel und würde damit gespeichert. Lassen Sie beides weg, und nennen Sie mit --key-env die Umgebungsvariable, in der das Geheimnis steht.</translation>
    </message>
    <message>
        <source>Waiting for a free place at the server …</source>
        <translation>Warten auf einen freien Platz beim Server …</translation>
    </message>
    <message>
        <source>The server allows no more for now; on in %1 s …</source>
        <translation>Der Server erlaubt im Moment nicht mehr; weiter in %1 s …</translation>
    </message>
    <message>
        <source>The server is loading its model …</source>
        <translation>Der Server lädt sein Modell …</translation>
    </message>
    <message>
        <source>That failed; again in %1 s …</source>
        <translation>Das ist fehlgeschlagen; erneut in %1 s …</translation>
    </message>
    <message>
        <source>There is no endpoint named %1. There are: %2. Add one with: quintet endpoints add.</source>
        <translation>Es gibt keinen Endpunkt namens %1. Es gibt: %2. Fügen Sie einen hinzu mit: quintet endpoints add.</translation>
    </message>
    <message>
        <source>Waiting for what others leave of the budget …</source>
        <translation>Wartet darauf, was andere vom Budget übrig lassen …</translation>
    </message>
</context>
<context>
    <name>quintet::llm::Catalog</name>
    <message>
        <source>%1 has no model loaded. Load one there, or name one with --model.</source>
        <translation>%1 hat kein Modell geladen. Laden Sie dort eines, oder nennen Sie eines mit --model.</translation>
    </message>
</context>
<context>
    <name>quintet::llm::EndpointRegistry</name>
    <message>
        <source>%1 cannot be the name of an endpoint: use up to 64 letters, digits, dots, dashes; &quot;builtin&quot; is taken.</source>
        <translation>%1 kann nicht der Name eines Endpunkts sein: Verwenden Sie bis zu 64 Buchstaben, Ziffern, Punkte, Bindestriche; „builtin“ ist vergeben.</translation>
    </message>
    <message>
        <source>What is said to be the name of an environment variable is none. Name the variable, not the key itself.</source>
        <translation>Was als Name einer Umgebungsvariablen angegeben ist, ist keiner. Nennen Sie die Variable, nicht den Schlüssel selbst.</translation>
    </message>
    <message>
        <source>The built-in engine cannot be removed.</source>
        <translation>Die eingebaute Engine lässt sich nicht entfernen.</translation>
    </message>
    <message>
        <source>Give either an endpoint or a base URL, not both.</source>
        <translation>Geben Sie entweder einen Endpunkt oder eine Basis-URL an, nicht beides.</translation>
    </message>
    <message>
        <source>The settings file %1 is not understood, and was left as it is. Mend it or move it away, then try again.</source>
        <translation>Die Einstellungsdatei %1 ist nicht verständlich und blieb, wie sie ist. Berichtigen oder verschieben Sie die Datei, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The settings file %1 cannot be written. Check its rights and the free space.</source>
        <translation>Die Einstellungsdatei %1 lässt sich nicht schreiben. Prüfen Sie ihre Rechte und den freien Speicherplatz.</translation>
    </message>
    <message>
        <source>The built-in engine cannot be renamed.</source>
        <translation>Die eingebaute Engine lässt sich nicht umbenennen.</translation>
    </message>
    <message>
        <source>There is an endpoint named %1 already.</source>
        <translation>Es gibt schon einen Endpunkt namens %1.</translation>
    </message>
</context>
<context>
    <name>quintet::llm::builtin</name>
    <message>
        <source>There is no text to summarize: it is empty. Give a text.</source>
        <translation>Es gibt keinen Text zum Zusammenfassen: Er ist leer. Geben Sie einen Text an.</translation>
    </message>
    <message>
        <source>The built-in engine summarizes by quoting sentences, and found none in this text: it looks like a table, code or a list. Give a text in sentences, or connect a model.</source>
        <translation>Die eingebaute Engine fasst zusammen, indem sie Sätze zitiert, und hat in diesem Text keine gefunden: Er sieht nach einer Tabelle, Code oder einer Liste aus. Geben Sie einen Text in Sätzen an, oder verbinden Sie ein Modell.</translation>
    </message>
</context>
<context>
    <name>quintet::net</name>
    <message>
        <source>%1 refused the key. Check the key of this endpoint.</source>
        <translation>%1 hat den Schlüssel abgelehnt. Prüfen Sie den Schlüssel dieses Endpunkts.</translation>
    </message>
    <message>
        <source>The credit or quota at %1 is used up. Top it up, or use another endpoint.</source>
        <translation>Das Guthaben oder Kontingent bei %1 ist aufgebraucht. Laden Sie es auf, oder verwenden Sie einen anderen Endpunkt.</translation>
    </message>
    <message>
        <source>%1 receives requests faster than it allows. Wait a moment, then try again.</source>
        <translation>%1 erhält Anfragen schneller, als erlaubt ist. Warten Sie einen Moment, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The text is longer than the model at %1 can read. Shorten it, or use a model with a larger context.</source>
        <translation>Der Text ist länger, als das Modell bei %1 lesen kann. Kürzen Sie ihn, oder verwenden Sie ein Modell mit größerem Kontext.</translation>
    </message>
    <message>
        <source>%1 took too long to answer. Try again, or raise the time limit of the endpoint.</source>
        <translation>%1 hat zu lange für die Antwort gebraucht. Versuchen Sie es erneut, oder erhöhen Sie das Zeitlimit des Endpunkts.</translation>
    </message>
    <message>
        <source>%1 is overloaded or still loading (status %2). Try again in a while.</source>
        <translation>%1 ist überlastet oder lädt noch (Status %2). Versuchen Sie es nach einer Weile erneut.</translation>
    </message>
    <message>
        <source>%1 does not know this address or model (status 404). Check the base URL and the model&apos;s name.</source>
        <translation>%1 kennt diese Adresse oder dieses Modell nicht (Status 404). Prüfen Sie die Basis-URL und den Namen des Modells.</translation>
    </message>
    <message>
        <source>%1 declined the request (status %2).</source>
        <translation>%1 hat die Anfrage abgelehnt (Status %2).</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Is the server running?</source>
        <translation>Unter %1 antwortet nichts. Läuft der Server?</translation>
    </message>
    <message>
        <source>The server %1 was not found. Check its name and your connection.</source>
        <translation>Der Server %1 wurde nicht gefunden. Prüfen Sie seinen Namen und Ihre Verbindung.</translation>
    </message>
    <message>
        <source>What %1 sent is not HTTP. Check the address.</source>
        <translation>Was %1 gesendet hat, ist kein HTTP. Prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2</source>
        <translation>Die Verbindung zu %1 ist fehlgeschlagen: %2</translation>
    </message>
    <message>
        <source>%1 sends requests on to %2. Keys are not sent along; if that is right, set the base URL of the endpoint to it.</source>
        <translation>%1 leitet Anfragen an %2 weiter. Schlüssel werden nicht mitgesendet; wenn das Ziel stimmt, tragen Sie es als Basis-URL des Endpunkts ein.</translation>
    </message>
    <message>
        <source>It said: %1</source>
        <translation>Der Server meldet: %1</translation>
    </message>
    <message>
        <source>%1 answered with a web page. Check the base URL, and whether this network asks you to sign in first.</source>
        <translation>%1 hat mit einer Webseite geantwortet. Prüfen Sie die Basis-URL und ob dieses Netzwerk zuerst eine Anmeldung verlangt.</translation>
    </message>
    <message>
        <source>%1 failed to answer (status %2). Try again in a while, or look into the server&apos;s log.</source>
        <translation>%1 konnte nicht antworten (Status %2). Versuchen Sie es später noch einmal, oder sehen Sie im Protokoll des Servers nach.</translation>
    </message>
    <message>
        <source>%1 has no page at this address (status %2). Check the address.</source>
        <translation>%1 hat unter dieser Adresse keine Seite (Status %2). Prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>%1 shows this page only to those who signed in (status %2). Open it in a browser and save or copy its text.</source>
        <translation>%1 zeigt diese Seite nur Angemeldeten (Status %2). Öffnen Sie sie in einem Browser und speichern oder kopieren Sie den Text.</translation>
    </message>
    <message>
        <source>%1 could not give the page (status %2). Try again in a while.</source>
        <translation>%1 konnte die Seite nicht liefern (Status %2). Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>%1 did not give the page (status %2).</source>
        <translation>%1 hat die Seite nicht geliefert (Status %2).</translation>
    </message>
    <message>
        <source>A secure connection to %1 could not be made: %2 If the server&apos;s certificate is of an authority of your own, name that in the endpoint&apos;s settings.</source>
        <translation>Eine sichere Verbindung zu %1 kam nicht zustande: %2 Falls das Zertifikat des Servers von einer eigenen Zertifizierungsstelle stammt, nennen Sie diese in den Einstellungen des Endpunkts.</translation>
    </message>
    <message>
        <source>%1 closed the connection before it had answered. Try again, or look into its log.</source>
        <translation>%1 hat die Verbindung geschlossen, bevor eine Antwort kam. Versuchen Sie es noch einmal, oder sehen Sie in dessen Protokoll nach.</translation>
    </message>
    <message>
        <source>(Request %1)</source>
        <translation>(Anfrage %1)</translation>
    </message>
    <message>
        <source>%1 sent an empty answer. Try again, or check the name of the model.</source>
        <translation>%1 hat eine leere Antwort gesendet. Versuchen Sie es noch einmal, oder prüfen Sie den Namen des Modells.</translation>
    </message>
    <message>
        <source>It asks to wait %1 min; use another endpoint or model meanwhile.</source>
        <translation>Er bittet, %1 min zu warten; verwenden Sie so lange einen anderen Endpunkt oder ein anderes Modell.</translation>
    </message>
</context>
<context>
    <name>quintet::net::PageFetcher</name>
    <message>
        <source>Only http and https addresses can be fetched, not %1.</source>
        <translation>Nur http- und https-Adressen lassen sich abrufen, nicht %1.</translation>
    </message>
    <message>
        <source>%1 is of type %2, which holds no text.</source>
        <translation>%1 ist vom Typ %2, der keinen Text enthält.</translation>
    </message>
    <message>
        <source>%1 redirects without end.</source>
        <translation>%1 leitet endlos weiter.</translation>
    </message>
    <message>
        <source>The server %1 was not found. Check its name and your connection.</source>
        <translation>Der Server %1 wurde nicht gefunden. Prüfen Sie seinen Namen und Ihre Verbindung.</translation>
    </message>
    <message>
        <source>%1 is an address of this computer or of a private network. Quintet opens such pages only where you typed the address yourself.</source>
        <translation>%1 ist eine Adresse dieses Computers oder eines privaten Netzwerks. Quintet öffnet solche Seiten nur, wenn Sie die Adresse selbst eingegeben haben.</translation>
    </message>
</context>
<context>
    <name>quintet::pattern</name>
    <message>
        <source>It names many items.</source>
        <translation>Es nennt viele Einträge.</translation>
    </message>
    <message>
        <source>It asks your own documents: Knowledge finds the passages and answers with the page.</source>
        <translation>Es fragt nach Ihren eigenen Dokumenten: „Wissen“ findet die Textstellen und antwortet mit der Seite.</translation>
    </message>
    <message>
        <source>A question and documents of your own: Knowledge finds the passages and answers with the page.</source>
        <translation>Eine Frage und eigene Dokumente: „Wissen“ findet die Textstellen und antwortet mit Seitenangabe.</translation>
    </message>
    <message>
        <source>A whole folder is a job for a queue: it does the same to each file, and survives an interruption.</source>
        <translation>Ein ganzer Ordner ist Arbeit für eine Warteschlange: Sie tut mit jeder Datei dasselbe und übersteht eine Unterbrechung.</translation>
    </message>
    <message>
        <source>%1 files are a job for a queue: it does the same to each, and survives an interruption.</source>
        <translation>%1 Dateien sind Arbeit für eine Warteschlange: Sie tut mit jeder dasselbe und übersteht eine Unterbrechung.</translation>
    </message>
    <message>
        <source>There is a collection of your own documents to ask.</source>
        <translation>Es gibt eine Sammlung Ihrer eigenen Dokumente, die befragt werden kann.</translation>
    </message>
    <message>
        <source>One text in, one answer out: the simplest pattern does it.</source>
        <translation>Ein Text hinein, eine Antwort heraus: Dafür genügt das einfachste Muster.</translation>
    </message>
    <message>
        <source>A question without documents is the start of a conversation: Chat answers at once.</source>
        <translation>Eine Frage ohne Dokumente ist der Anfang einer Unterhaltung: „Chat“ antwortet sofort.</translation>
    </message>
    <message>
        <source>Summarize gives one answer to one text; it would do if that is all you need, and it is the simplest.</source>
        <translation>„Zusammenfassen“ gibt eine Antwort auf einen Text; es würde genügen, wenn das alles ist, was Sie brauchen, und ist am einfachsten.</translation>
    </message>
    <message>
        <source>Chat would let you ask further, but each answer costs the whole conversation again.</source>
        <translation>In „Chat“ könnten Sie weiterfragen, aber jede Antwort kostet die ganze Unterhaltung noch einmal.</translation>
    </message>
    <message>
        <source>Batch would do the same to each item, but gives one result an item and not one answer.</source>
        <translation>„Stapel“ würde mit jedem Eintrag dasselbe tun, liefert aber ein Ergebnis je Eintrag und nicht eine einzige Antwort.</translation>
    </message>
    <message>
        <source>Batch pays only when the same is to be done to many items.</source>
        <translation>„Stapel“ lohnt sich nur, wenn mit vielen Einträgen dasselbe geschehen soll.</translation>
    </message>
    <message>
        <source>Knowledge would answer with the page, but the documents must be read into a collection first.</source>
        <translation>„Wissen“ würde mit Seitenangabe antworten, aber die Dokumente müssen zuerst in eine Sammlung eingelesen werden.</translation>
    </message>
    <message>
        <source>An agent could do it in steps, but costs several times as much and needs watching.</source>
        <translation>Ein Agent könnte es in Schritten tun, kostet aber ein Mehrfaches und muss beobachtet werden.</translation>
    </message>
    <message>
        <source>An agent is needed only for tasks of several steps; it costs the most and takes the longest.</source>
        <translation>Ein Agent ist nur für Aufgaben mit mehreren Schritten nötig; er kostet am meisten und braucht am längsten.</translation>
    </message>
    <message>
        <source>Nothing in it asks for more than one answer to one text: start simple.</source>
        <translation>Nichts daran verlangt mehr als eine Antwort auf einen Text: Beginnen Sie mit dem Einfachsten.</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>API wrapper</source>
        <translation>API-Wrapper</translation>
    </message>
    <message>
        <source>One text in, one answer out.</source>
        <translation>Ein Text hinein, eine Antwort heraus.</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Streaming</source>
        <translation>Streaming</translation>
    </message>
    <message>
        <source>A conversation, read as it is written.</source>
        <translation>Eine Unterhaltung, die sich mitlesen lässt, während sie entsteht.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>One prompt over many files; half the price, survives anything.</source>
        <translation>Ein Prompt für viele Dateien; zum halben Preis, übersteht alles.</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>RAG</source>
        <translation>RAG</translation>
    </message>
    <message>
        <source>Questions to your own documents, answered with the page.</source>
        <translation>Fragen an Ihre eigenen Dokumente, beantwortet mit Seitenangabe.</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Tool use</source>
        <translation>Werkzeugeinsatz</translation>
    </message>
    <message>
        <source>Tasks of several steps with search, calculation, data.</source>
        <translation>Aufgaben mit mehreren Schritten: suchen, rechnen, Daten auswerten.</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>very high</source>
        <translation>sehr hoch</translation>
    </message>
    <message>
        <source>A picture: Chat shows it to the model, and you can ask about it.</source>
        <translation>Ein Bild: „Chat“ zeigt es dem Modell, und Sie können Fragen dazu stellen.</translation>
    </message>
    <message>
        <source>half</source>
        <translation>die Hälfte</translation>
    </message>
    <message>
        <source>a third</source>
        <translation>ein Drittel</translation>
    </message>
    <message>
        <source>a quarter</source>
        <translation>ein Viertel</translation>
    </message>
    <message>
        <source>a fifth</source>
        <translation>ein Fünftel</translation>
    </message>
    <message>
        <source>a tenth</source>
        <translation>ein Zehntel</translation>
    </message>
    <message>
        <source>a twentieth</source>
        <translation>ein Zwanzigstel</translation>
    </message>
    <message>
        <source>a fiftieth</source>
        <translation>ein Fünfzigstel</translation>
    </message>
    <message>
        <source>One answer is enough here: Summarize costs %1 of a conversation.</source>
        <translation>Hier genügt eine Antwort: „Zusammenfassen“ kostet %1 einer Unterhaltung.</translation>
    </message>
    <message>
        <source>One answer is enough here: Summarize costs about %1.</source>
        <translation>Hier genügt eine Antwort: „Zusammenfassen“ kostet nur etwa %1.</translation>
    </message>
</context>
<context>
    <name>quintet::store</name>
    <message>
        <source>The database %1 is damaged. It was left as it is; put a backup in its place, or move it away to start afresh.</source>
        <translation>Die Datenbank %1 ist beschädigt. Sie wurde nicht verändert; ersetzen Sie sie durch eine Sicherung, oder verschieben Sie sie, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>The disk that holds %1 is full. Free some space, then try again.</source>
        <translation>Der Datenträger, auf dem %1 liegt, ist voll. Schaffen Sie Platz, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>%1 cannot be written. Check the rights of the file and its folder.</source>
        <translation>%1 kann nicht geschrieben werden. Prüfen Sie die Rechte der Datei und ihres Ordners.</translation>
    </message>
    <message>
        <source>%1 is held by another program. Try again in a moment.</source>
        <translation>%1 wird von einem anderen Programm verwendet. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The database %1 refused: %2</source>
        <translation>Die Datenbank %1 hat abgelehnt: %2</translation>
    </message>
    <message>
        <source>%1 is a database of another program. It was left as it is.</source>
        <translation>%1 ist die Datenbank eines anderen Programms. Sie wurde nicht verändert.</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Quintet. It was left as it is; update Quintet, or name another folder with --data-dir.</source>
        <translation>%1 stammt von einer neueren Version von Quintet und wurde nicht verändert; aktualisieren Sie Quintet, oder geben Sie mit --data-dir einen anderen Ordner an.</translation>
    </message>
    <message>
        <source>There is no room for a backup of %1 before it is brought up to date: %2 MB are needed. Free some space, then start again.</source>
        <translation>Für eine Sicherung von %1 vor der Aktualisierung fehlt der Platz: %2 MB werden gebraucht. Schaffen Sie Platz, und starten Sie Quintet dann neu.</translation>
    </message>
    <message>
        <source>The backup %1 cannot be written.</source>
        <translation>Die Sicherung %1 kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The program lacks %1; install it again.</source>
        <translation>Dem Programm fehlt %1; installieren Sie es neu.</translation>
    </message>
    <message>
        <source>%1 cannot be brought up to date: it is locked by another Quintet, or its folder cannot be written.</source>
        <translation>%1 kann nicht aktualisiert werden: Ein anderes Quintet hat die Datei gesperrt, oder ihr Ordner ist nicht beschreibbar.</translation>
    </message>
</context>
<context>
    <name>quintet::summarize</name>
    <message>
        <source>The model answered with nothing. Try again, or use another model.</source>
        <translation>Die Antwort des Modells war leer. Versuchen Sie es erneut, oder verwenden Sie ein anderes Modell.</translation>
    </message>
    <message>
        <source>The text does not fit %1, not even in parts. Use a model with a larger context.</source>
        <translation>Der Text ist zu lang für %1, selbst in Teilen. Verwenden Sie ein Modell mit größerem Kontext.</translation>
    </message>
    <message>
        <source>The built-in engine quotes key sentences; %1 needs a model. Connect one with: quintet endpoints add, or in the settings.</source>
        <translation>Die eingebaute Engine zitiert Kernsätze; %1 braucht ein Modell. Verbinden Sie eines mit: quintet endpoints add, oder in den Einstellungen.</translation>
    </message>
    <message>
        <source>an instruction of your own</source>
        <translation>eine eigene Anweisung</translation>
    </message>
    <message>
        <source>a list of actions</source>
        <translation>eine Liste von Aufgaben</translation>
    </message>
    <message>
        <source>another language</source>
        <translation>eine andere Sprache</translation>
    </message>
</context>
<context>
    <name>quintet::summarize::Summarizer</name>
    <message>
        <source>There is no text to summarize.</source>
        <translation>Es gibt keinen Text zum Zusammenfassen.</translation>
    </message>
</context>
<context>
    <name>quintet::ui</name>
    <message>
        <source>Sample shop · read-only</source>
        <translation>Beispielladen · nur lesend</translation>
    </message>
    <message>
        <source>%1 · read-only</source>
        <translation>%1 · nur lesend</translation>
    </message>
    <message>
        <source>step %1 · no model, no cost</source>
        <translation>Schritt %1 · kein Modell, keine Kosten</translation>
    </message>
    <message>
        <source>cost not known</source>
        <translation>Kosten nicht bekannt</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>Query database</source>
        <translation>Datenbank abfragen</translation>
    </message>
    <message>
        <source>Read files</source>
        <translation>Dateien lesen</translation>
    </message>
    <message>
        <source>Write files</source>
        <translation>Dateien schreiben</translation>
    </message>
    <message>
        <source>Search knowledge</source>
        <translation>Wissen durchsuchen</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Web</translation>
    </message>
    <message>
        <source>fields: %1</source>
        <translation>Felder: %1</translation>
    </message>
    <message>
        <source>summaries</source>
        <translation>Zusammenfassungen</translation>
    </message>
    <message>
        <source>labels: %1</source>
        <translation>Labels: %1</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>into %1</source>
        <translation>Zielsprache: %1</translation>
    </message>
    <message>
        <source>rewritten</source>
        <translation>umgeschrieben</translation>
    </message>
    <message>
        <source>listing</source>
        <translation>wird erfasst</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>provider batch</source>
        <translation>Anbieter-Stapel</translation>
    </message>
    <message>
        <source>%1 + ?</source>
        <translation>%1 + ?</translation>
    </message>
    <message>
        <source>results of a former run</source>
        <translation>Ergebnisse eines früheren Laufs</translation>
    </message>
    <message>
        <source>built-in engine</source>
        <translation>eingebaute Engine</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>zu lang</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>rate limited</source>
        <translation>gedrosselt</translation>
    </message>
    <message>
        <source>overloaded</source>
        <translation>überlastet</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeit überschritten</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>nicht verstanden</translation>
    </message>
    <message>
        <source>key refused</source>
        <translation>Schlüssel abgelehnt</translation>
    </message>
    <message>
        <source>quota used up</source>
        <translation>Kontingent erschöpft</translation>
    </message>
    <message>
        <source>over budget</source>
        <translation>über dem Budget</translation>
    </message>
    <message>
        <source>needs a model</source>
        <translation>braucht ein Modell</translation>
    </message>
    <message>
        <source>not written</source>
        <translation>nicht geschrieben</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Built-in: quotes your documents</source>
        <translation>Eingebaut: zitiert Ihre Dokumente</translation>
    </message>
    <message>
        <source>cut off at the token limit</source>
        <translation>an der Token-Grenze abgeschnitten</translation>
    </message>
    <message>
        <source>interrupted when Quintet ended</source>
        <translation>unterbrochen, als Quintet beendet wurde</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Erneut</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Erneut antworten</translation>
    </message>
    <message>
        <source>Continue the answer</source>
        <translation>Antwort fortsetzen</translation>
    </message>
    <message>
        <source>Answer again by another model…</source>
        <translation>Von einem anderen Modell erneut antworten lassen…</translation>
    </message>
    <message>
        <source>New conversation from here</source>
        <translation>Neue Unterhaltung ab hier</translation>
    </message>
    <message>
        <source>Condense everything up to here</source>
        <translation>Alles bis hier verdichten</translation>
    </message>
    <message>
        <source>Tell everything in full again</source>
        <translation>Wieder alles ungekürzt mitgeben</translation>
    </message>
    <message>
        <source>Remove, with what follows</source>
        <translation>Entfernen, samt allem Folgenden</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>— What stands above is told to models in short. —</source>
        <translation>– Was oben steht, erhalten Modelle in Kurzform. –</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht verwendet</translation>
    </message>
    <message>
        <source>%1 of %2 sentences found in the sources</source>
        <translation>%1 von %2 Sätzen in den Quellen gefunden</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>from cache</source>
        <translation>aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>$%1</source>
        <translation>$%1</translation>
    </message>
    <message>
        <source>Not found in the sources:</source>
        <translation>Nicht in den Quellen gefunden:</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>Textstelle</translation>
    </message>
    <message>
        <source>Word rank</source>
        <translation>Rang nach Stichwort</translation>
    </message>
    <message>
        <source>Vector rank</source>
        <translation>Rang nach Vektor</translation>
    </message>
    <message>
        <source>Covers</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Gesamtwert</translation>
    </message>
    <message>
        <source>Switch passage %1 off</source>
        <translation>Textstelle %1 abschalten</translation>
    </message>
    <message>
        <source>&lt; 0.01 s</source>
        <translation>&lt;&#xa0;0,01&#xa0;s</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>cached, saved %1 and %2</source>
        <translation>aus dem Zwischenspeicher, %1 und %2 gespart</translation>
    </message>
    <message>
        <source>cached, saved %1</source>
        <translation>aus dem Zwischenspeicher, %1 gespart</translation>
    </message>
    <message>
        <source>first token %1</source>
        <translation>erstes Token nach %1</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>about %1 tokens</source>
        <translation>etwa %1 Token</translation>
    </message>
    <message>
        <source>free (local)</source>
        <translation>kostenlos (lokal)</translation>
    </message>
    <message>
        <source>cost unknown</source>
        <translation>Kosten unbekannt</translation>
    </message>
    <message>
        <source>reads %1 M tokens</source>
        <translation>liest %1&#xa0;Mio. Token</translation>
    </message>
    <message>
        <source>reads %1 k tokens</source>
        <translation>liest %1&#xa0;Tsd. Token</translation>
    </message>
    <message>
        <source>reads %1 tokens</source>
        <translation>liest %1 Token</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>Eingebaute Engine</translation>
    </message>
    <message>
        <source>quotes key sentences; needs no model and no network</source>
        <translation>zitiert Kernsätze; braucht weder Modell noch Netz</translation>
    </message>
    <message>
        <source>%1, found here</source>
        <translation>%1, hier gefunden</translation>
    </message>
    <message>
        <source>on this computer, free</source>
        <translation>auf diesem Computer, kostenlos</translation>
    </message>
    <message>
        <source>$%1 in, $%2 out per million tokens</source>
        <translation>$%1 Eingabe, $%2 Ausgabe je Million Token</translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation>Preis unbekannt</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>Slide %1</source>
        <translation>Folie %1</translation>
    </message>
    <message>
        <source>Sheet %1</source>
        <translation>Blatt %1</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1&#xa0;min %2&#xa0;s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1&#xa0;min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1&#xa0;h %2&#xa0;min</translation>
    </message>
    <message>
        <source>%1 · reads in %2</source>
        <translation>%1 · Lesezeit %2</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln Wort</numerusform>
            <numerusform>%Ln Wörter</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 passages of %2 documents</source>
        <translation>%1 Textstellen aus %2 Dokumenten</translation>
    </message>
    <message>
        <source>about %1 requests</source>
        <translation>etwa %1 Anfragen</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>an unknown price</source>
        <translation>Preis unbekannt</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>without a model: key sentences of each document</source>
        <translation>ohne Modell: Kernsätze jedes Dokuments</translation>
    </message>
    <message>
        <source>This asks about the whole collection. Go over all of it?</source>
        <translation>Das fragt nach der ganzen Sammlung. Alles durchgehen?</translation>
    </message>
    <message>
        <source>Go over all passages</source>
        <translation>Alle Textstellen durchgehen</translation>
    </message>
    <message>
        <source>Answer from the best passages</source>
        <translation>Aus den besten Textstellen antworten</translation>
    </message>
    <message>
        <source>%1 of %2 passages</source>
        <translation>%1 von %2 Textstellen</translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) switched off</source>
        <translation>
            <numerusform>%n Textstelle ausgeschaltet</numerusform>
            <numerusform>%n Textstellen ausgeschaltet</numerusform>
        </translation>
    </message>
    <message>
        <source>Switch on: %1</source>
        <translation>Einschalten: %1</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>Endpunkte</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Preise</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>Datenbanken</translation>
    </message>
    <message>
        <source>Web search</source>
        <translation>Websuche</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Andere Programme</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über Quintet</translation>
    </message>
    <message>
        <source>%1 of %2 tokens</source>
        <translation>%1 von %2 Token</translation>
    </message>
</context>
<context>
    <name>quintet::ui::AboutCard</name>
    <message>
        <source>Quintet %1</source>
        <translation>Quintet %1</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>Made with Qt %1 and other free libraries.</source>
        <translation>Erstellt mit Qt %1 und anderen freien Bibliotheken.</translation>
    </message>
    <message>
        <source>About Qt</source>
        <translation>Über Qt</translation>
    </message>
    <message>
        <source>What leaves this computer, and when</source>
        <translation>Was diesen Computer verlässt, und wann</translation>
    </message>
    <message>
        <source>Nothing by itself: no telemetry, no search for updates, no crash reports. With the built-in engine or a model on this computer, nothing at all.</source>
        <translation>Von selbst nichts: keine Telemetrie, keine Suche nach Updates, keine Absturzberichte. Mit der eingebauten Engine oder einem Modell auf diesem Computer überhaupt nichts.</translation>
    </message>
    <message>
        <source>To a model server that you connected: what you ask, with the texts, passages and pictures that belong to it, each time that you ask. Its name stands at the foot of the window.</source>
        <translation>An einen Modellserver, den Sie verbunden haben: was Sie fragen, samt den zugehörigen Texten, Textstellen und Bildern, jedes Mal, wenn Sie fragen. Sein Name steht unten im Fenster.</translation>
    </message>
    <message>
        <source>To a web address: a request for the page, when you give a link or an agent may fetch one.</source>
        <translation>An eine Webadresse: eine Anfrage nach der Seite, wenn Sie einen Link angeben oder ein Agent eine Seite abrufen darf.</translation>
    </message>
    <message>
        <source>To a search service, a database or an MCP server that you set up: what an agent asks it, as its steps show; what writes or sends asks you first.</source>
        <translation>An einen Suchdienst, eine Datenbank oder einen MCP-Server, den Sie eingerichtet haben: was ein Agent dort fragt, wie seine Schritte es zeigen; was schreibt oder sendet, fragt Sie zuerst.</translation>
    </message>
    <message>
        <source>Keys go to the server that they belong to and to nobody else; they are kept in the system&apos;s keychain.</source>
        <translation>Schlüssel gehen an den Server, zu dem sie gehören, und an niemanden sonst; sie liegen im Schlüsselbund des Systems.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::Actions</name>
    <message>
        <source>Quintet</source>
        <translation>Quintet</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::AdviceSession</name>
    <message>
        <source>Costs nothing</source>
        <translation>Kostet nichts</translation>
    </message>
    <message>
        <source>Less than $0.001</source>
        <translation>Weniger als $0,001</translation>
    </message>
    <message>
        <source>About $%1</source>
        <translation>Etwa $%1</translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s)</source>
        <translation>
            <numerusform>etwa %n Sekunde</numerusform>
            <numerusform>etwa %n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>etwa %n Minute</numerusform>
            <numerusform>etwa %n Minuten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::AgentList</name>
    <message>
        <source>now · step %1</source>
        <translation>jetzt · Schritt %1</translation>
    </message>
    <message>
        <source>waits for you · step %1</source>
        <translation>wartet auf Sie · Schritt %1</translation>
    </message>
    <message>
        <source>%1 · failed</source>
        <translation>%1 · fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 · stopped</source>
        <translation>%1 · angehalten</translation>
    </message>
    <message>
        <source>%1 · replay</source>
        <translation>%1 · Wiederholung</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search tasks and runs</source>
        <translation>Aufgaben und Läufe durchsuchen</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>Neue Aufgabe</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Saved tasks and runs</source>
        <translation>Gespeicherte Aufgaben und Läufe</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Removed: %1</source>
        <translation>Entfernt: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln Schritt</numerusform>
            <numerusform>%Ln Schritte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation>
            <numerusform>%Ln Aufruf</numerusform>
            <numerusform>%Ln Aufrufe</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::AgentListModel</name>
    <message>
        <source>Saved tasks</source>
        <translation>Gespeicherte Aufgaben</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
</context>
<context>
    <name>quintet::ui::AgentSession</name>
    <message>
        <source>A task of your own needs a model, to plan it. Connect one, or replay a saved task, which needs none.</source>
        <translation>Eine eigene Aufgabe braucht ein Modell, das sie plant. Verbinden Sie eines, oder wiederholen Sie eine gespeicherte Aufgabe; dafür ist keines nötig.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::AgentTab</name>
    <message>
        <source>Connect a model…</source>
        <translation>Modell verbinden…</translation>
    </message>
    <message>
        <source>Saved as a task: %1</source>
        <translation>Als Aufgabe gespeichert: %1</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>Gespeichert unter %1</translation>
    </message>
    <message>
        <source>%1 is as it was before.</source>
        <translation>%1 ist wieder wie zuvor.</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>Zustimmen</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>Neue Aufgabe</translation>
    </message>
    <message>
        <source>Start the task</source>
        <translation>Aufgabe starten</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>Lauf anhalten</translation>
    </message>
    <message>
        <source>Replay the run</source>
        <translation>Lauf wiederholen</translation>
    </message>
    <message>
        <source>Replay the saved task</source>
        <translation>Gespeicherte Aufgabe wiederholen</translation>
    </message>
    <message>
        <source>Save the run as a task…</source>
        <translation>Lauf als Aufgabe speichern…</translation>
    </message>
    <message>
        <source>Export the run…</source>
        <translation>Lauf exportieren…</translation>
    </message>
    <message>
        <source>Call a tool by hand…</source>
        <translation>Werkzeug von Hand aufrufen…</translation>
    </message>
    <message>
        <source>Search tasks and runs</source>
        <translation>Aufgaben und Läufe durchsuchen</translation>
    </message>
    <message>
        <source>Say something to the agent</source>
        <translation>Dem Agenten etwas sagen</translation>
    </message>
    <message>
        <source>Let the agent work in this folder</source>
        <translation>Agenten in diesem Ordner arbeiten lassen</translation>
    </message>
    <message>
        <source>Take as the task</source>
        <translation>Als Aufgabe übernehmen</translation>
    </message>
    <message>
        <source>This takes the place of what you were setting up.</source>
        <translation>Dies ersetzt, was Sie gerade eingerichtet haben.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>quintet::ui::AnswerView</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
</context>
<context>
    <name>quintet::ui::AppearanceCard</name>
    <message>
        <source>Size, font, density and language change when Quintet starts anew.</source>
        <translation>Größe, Schrift, Dichte und Sprache ändern sich beim nächsten Start von Quintet.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Accent colour</source>
        <translation>Akzentfarbe</translation>
    </message>
    <message>
        <source>Quintet&apos;s own</source>
        <translation>Farbe von Quintet</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Blaugrün</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Accent</source>
        <translation>Akzent</translation>
    </message>
    <message>
        <source>Comfort</source>
        <translation>Komfort</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>Size of everything in percent</source>
        <translation>Größe von allem in Prozent</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Font of the window</source>
        <translation>Schrift des Fensters</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>Sprache des Fensters</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ApprovalCard</name>
    <message>
        <source>May I write a file?</source>
        <translation>Darf ich eine Datei schreiben?</translation>
    </message>
    <message>
        <source>May I change a file?</source>
        <translation>Darf ich eine Datei ändern?</translation>
    </message>
    <message>
        <source>May I send this? (%1)</source>
        <translation>Darf ich das senden? (%1)</translation>
    </message>
    <message>
        <source>May I do this? (%1)</source>
        <translation>Darf ich das tun? (%1)</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>Allow once</source>
        <translation>Einmal erlauben</translation>
    </message>
    <message>
        <source>Allow in this run</source>
        <translation>In diesem Lauf erlauben</translation>
    </message>
    <message>
        <source>Always in this folder</source>
        <translation>Immer in diesem Ordner</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>No, because…</source>
        <translation>Nein, weil…</translation>
    </message>
    <message>
        <source>Arguments of the call</source>
        <translation>Argumente des Aufrufs</translation>
    </message>
    <message>
        <source>Allow as changed</source>
        <translation>Geändert erlauben</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>Warum nicht</translation>
    </message>
    <message>
        <source>Why not? The agent is told</source>
        <translation>Warum nicht? Der Agent erfährt es</translation>
    </message>
    <message>
        <source>Say no</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>This is no JSON object: %1.</source>
        <translation>Das ist kein JSON-Objekt: %1.</translation>
    </message>
    <message numerus="yes">
        <source>new, %Ln line(s)</source>
        <translation>
            <numerusform>neu, %Ln Zeile</numerusform>
            <numerusform>neu, %Ln Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::BarChart</name>
    <message>
        <source>%1: at most %2 (%3)</source>
        <translation>%1: höchstens %2 (%3)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>quintet::ui::BatchSession</name>
    <message>
        <source>A run that was cancelled is not worked again. Start a new one with its settings.</source>
        <translation>Ein abgebrochener Lauf wird nicht wieder aufgenommen. Beginnen Sie einen neuen mit seinen Einstellungen.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::BatchTab</name>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Choose a folder of items…</source>
        <translation>Ordner mit Einträgen wählen…</translation>
    </message>
    <message>
        <source>Choose files or a table…</source>
        <translation>Dateien oder eine Tabelle wählen…</translation>
    </message>
    <message>
        <source>Try on 3 items</source>
        <translation>An 3 Einträgen ausprobieren</translation>
    </message>
    <message>
        <source>Start the run</source>
        <translation>Lauf starten</translation>
    </message>
    <message>
        <source>Pause or go on with the run</source>
        <translation>Lauf pausieren oder fortsetzen</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>Open the results</source>
        <translation>Ergebnisse öffnen</translation>
    </message>
    <message>
        <source>Run again, changed…</source>
        <translation>Geändert neu starten…</translation>
    </message>
    <message>
        <source>Make a collection of the results</source>
        <translation>Aus den Ergebnissen eine Sammlung anlegen</translation>
    </message>
    <message>
        <source>Take as the items of a run</source>
        <translation>Als Einträge eines Laufs übernehmen</translation>
    </message>
    <message>
        <source>Take as the prompt of a run</source>
        <translation>Als Prompt eines Laufs übernehmen</translation>
    </message>
    <message>
        <source>This takes the place of the run that you were setting up.</source>
        <translation>Dies ersetzt den Lauf, den Sie gerade eingerichtet haben.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>quintet::ui::BudgetBar</name>
    <message>
        <source>Budget used</source>
        <translation>Verbrauchtes Budget</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
</context>
<context>
    <name>quintet::ui::BudgetCard</name>
    <message>
        <source>Dollars</source>
        <translation>Dollar</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>Verbraucht</translation>
    </message>
    <message>
        <source>A day</source>
        <translation>Pro Tag</translation>
    </message>
    <message>
        <source>A month</source>
        <translation>Pro Monat</translation>
    </message>
    <message>
        <source>Models that may be asked without a known price</source>
        <translation>Modelle, die ohne bekannten Preis gefragt werden dürfen</translation>
    </message>
    <message>
        <source>Names of models, with commas between them</source>
        <translation>Namen von Modellen, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Unpriced</source>
        <translation>Ohne Preis</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>dollars</source>
        <translation>Dollar</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>%1 · %2 tokens</source>
        <translation>%1 · %2 Token</translation>
    </message>
    <message>
        <source>What would pass a limit is not sent. Models on this computer cost nothing; their tokens count. You are asked once before a model whose price is not known is used under a limit; those that you allowed are named above.</source>
        <translation>Was eine Grenze überschreiten würde, wird nicht gesendet. Modelle auf diesem Computer kosten nichts; ihre Token zählen. Bevor ein Modell mit unbekanntem Preis unter einer Grenze benutzt wird, werden Sie einmal gefragt; die Sie erlaubt haben, stehen oben.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::BudgetView</name>
    <message>
        <source>%1 of %2 left</source>
        <translation>noch %1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2 tokens left</source>
        <translation>noch %1 von %2 Token</translation>
    </message>
    <message>
        <source>no budget</source>
        <translation>kein Budget</translation>
    </message>
    <message>
        <source>Set budgets</source>
        <translation>Budgets festlegen</translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation>Budgets</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Dieser Monat</translation>
    </message>
    <message>
        <source>%1 and unknown</source>
        <translation>%1 und unbekannte Kosten</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>At this rate the month ends at %1: what was spent so far, times the length of the month, by the time that has passed.</source>
        <translation>Geht es so weiter, endet der Monat bei %1: das bisher Ausgegebene mal die Länge des Monats, geteilt durch die vergangene Zeit.</translation>
    </message>
    <message>
        <source>What the month will come to can be told from its second day on.</source>
        <translation>Worauf der Monat hinausläuft, lässt sich ab dem zweiten Tag sagen.</translation>
    </message>
    <message>
        <source>That passes the budget. </source>
        <translation>Das überschreitet das Budget. </translation>
    </message>
    <message>
        <source>Requests without a known price are not in it: %1 this month.</source>
        <translation>Anfragen ohne bekannten Preis sind nicht eingerechnet: %1 in diesem Monat.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::CacheCard</name>
    <message>
        <source>Empty the cache</source>
        <translation>Zwischenspeicher leeren</translation>
    </message>
    <message>
        <source>Largest size</source>
        <translation>Maximale Größe</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Longest time</source>
        <translation>Maximale Dauer</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>Keep at most</source>
        <translation>Höchstens aufbewahren</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Genutzt von</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>%1 uses the cache</source>
        <translation>%1 nutzt den Zwischenspeicher</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%Ln answer(s)</source>
        <translation>
            <numerusform>%Ln Antwort</numerusform>
            <numerusform>%Ln Antworten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>given again %Ln time(s)</source>
        <translation>
            <numerusform>%Ln-mal wiedergegeben</numerusform>
            <numerusform>%Ln-mal wiedergegeben</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::CallView</name>
    <message>
        <source>read-only</source>
        <translation>nur lesend</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>running…</source>
        <translation>läuft…</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>nicht verstanden</translation>
    </message>
    <message>
        <source>not allowed</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>Undo this change</source>
        <translation>Diese Änderung rückgängig machen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::CardMaker</name>
    <message>
        <source>Thought for %1</source>
        <translation>%1 nachgedacht</translation>
    </message>
    <message>
        <source>Thinking …</source>
        <translation>Denkt nach …</translation>
    </message>
    <message>
        <source>running …</source>
        <translation>läuft …</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ChartCard</name>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>%1 as a table</source>
        <translation>%1 als Tabelle</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Diagramm</translation>
    </message>
</context>
<context>
    <name>quintet::ui::Chat</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ChatOptions</name>
    <message>
        <source>the model&apos;s own</source>
        <translation>Modellvorgabe</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Close the options</source>
        <translation>Optionen schließen</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Systemprompt</translation>
    </message>
    <message>
        <source>What the model is told before everything else</source>
        <translation>Was dem Modell vor allem anderen gesagt wird</translation>
    </message>
    <message>
        <source>Prompt library…</source>
        <translation>Prompt-Bibliothek…</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>Keep…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Keep these options as a preset</source>
        <translation>Diese Optionen als Voreinstellung speichern</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the preset that is chosen</source>
        <translation>Die gewählte Voreinstellung entfernen</translation>
    </message>
    <message>
        <source>Answer with a JSON object</source>
        <translation>Mit einem JSON-Objekt antworten</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Top p</source>
        <translation>Top p</translation>
    </message>
    <message>
        <source>Most tokens</source>
        <translation>Token höchstens</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Denkaufwand</translation>
    </message>
    <message>
        <source>Choose a preset…</source>
        <translation>Voreinstellung wählen…</translation>
    </message>
    <message>
        <source>Keep as a preset</source>
        <translation>Als Voreinstellung speichern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Forgotten: %1</source>
        <translation>Vergessen: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ChatPane</name>
    <message>
        <source>Temporary · keep it</source>
        <translation>Temporär · behalten</translation>
    </message>
    <message>
        <source>Nothing of this conversation is written to disk. Click to keep it.</source>
        <translation>Von dieser Unterhaltung wird nichts auf den Datenträger geschrieben. Klicken, um sie zu behalten.</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>Datei anhängen…</translation>
    </message>
    <message>
        <source>Save the code</source>
        <translation>Code speichern</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>picture.png</source>
        <translation>picture.png</translation>
    </message>
    <message>
        <source>Temporary chat</source>
        <translation>Temporärer Chat</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>The built-in engine is no language model: it answers from files that you attach, and from collections, by quoting them. Connect a model to converse.</source>
        <translation>Die eingebaute Engine ist kein Sprachmodell: Sie antwortet aus Dateien, die Sie anhängen, und aus Sammlungen, indem sie daraus zitiert. Verbinden Sie ein Modell, um sich zu unterhalten.</translation>
    </message>
    <message>
        <source>Ask anything, or attach files and ask about them.</source>
        <translation>Fragen Sie, was Sie wollen, oder hängen Sie Dateien an und fragen Sie danach.</translation>
    </message>
    <message>
        <source>An answer is being written. Stop it first (Esc).</source>
        <translation>Eine Antwort wird gerade geschrieben. Halten Sie sie zuerst an (Esc).</translation>
    </message>
    <message>
        <source>The message was removed, with what followed.</source>
        <translation>Die Nachricht wurde entfernt, mit allem, was folgte.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>Unterhaltung exportieren</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON, complete (*.json)</source>
        <translation>JSON, vollständig (*.json)</translation>
    </message>
    <message>
        <source>JSON, messages alone (*.messages.json)</source>
        <translation>JSON, nur Nachrichten (*.messages.json)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Plain text (*.txt)</source>
        <translation>Reiner Text (*.txt)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>In dieser Unterhaltung suchen</translation>
    </message>
    <message>
        <source>As Markdown, JSON, HTML, PDF or text</source>
        <translation>Als Markdown, JSON, HTML, PDF oder Text</translation>
    </message>
    <message>
        <source>System prompt, temperature, presets</source>
        <translation>Systemprompt, Temperatur, Voreinstellungen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ChatTab</name>
    <message>
        <source>Import conversations</source>
        <translation>Unterhaltungen importieren</translation>
    </message>
    <message>
        <source>Exports (*.json *.jsonl *.zip);;All files (*)</source>
        <translation>Exporte (*.json *.jsonl *.zip);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neue Unterhaltung</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>Neuer temporärer Chat</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>Alle Unterhaltungen durchsuchen</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>In dieser Unterhaltung suchen</translation>
    </message>
    <message>
        <source>Export this conversation…</source>
        <translation>Diese Unterhaltung exportieren…</translation>
    </message>
    <message>
        <source>Options of this conversation</source>
        <translation>Optionen dieser Unterhaltung</translation>
    </message>
    <message>
        <source>Attach files…</source>
        <translation>Dateien anhängen…</translation>
    </message>
    <message>
        <source>Import conversations…</source>
        <translation>Unterhaltungen importieren…</translation>
    </message>
    <message>
        <source>Run a batch on the files of this conversation</source>
        <translation>Stapellauf mit den Dateien dieser Unterhaltung</translation>
    </message>
    <message>
        <source>Prompt library</source>
        <translation>Prompt-Bibliothek</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort anhalten</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Erneut antworten</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>Letzte Antwort kopieren</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell auswählen</translation>
    </message>
    <message>
        <source>Show or hide the list of conversations</source>
        <translation>Liste der Unterhaltungen ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>Vorige Unterhaltung</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>Nächste Unterhaltung</translation>
    </message>
    <message>
        <source>No file is attached to this conversation.</source>
        <translation>An diese Unterhaltung ist keine Datei angehängt.</translation>
    </message>
    <message>
        <source>Attach to this conversation</source>
        <translation>An diese Unterhaltung anhängen</translation>
    </message>
    <message>
        <source>Write into the message</source>
        <translation>In die Nachricht schreiben</translation>
    </message>
    <message>
        <source>picture.png</source>
        <translation>picture.png</translation>
    </message>
</context>
<context>
    <name>quintet::ui::Chip</name>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::CodeBox</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
</context>
<context>
    <name>quintet::ui::CodeRow</name>
    <message>
        <source>Wrap</source>
        <translation>Umbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>quintet::ui::CollectionCard</name>
    <message>
        <source>under a minute left</source>
        <translation>noch weniger als eine Minute</translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>noch %n min</numerusform>
            <numerusform>noch %n min</numerusform>
        </translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Überwachen</translation>
    </message>
    <message>
        <source>Follow changes of the files while Quintet is open</source>
        <translation>Änderungen der Dateien verfolgen, solange Quintet geöffnet ist</translation>
    </message>
    <message>
        <source>Watch %1</source>
        <translation>%1 überwachen</translation>
    </message>
    <message>
        <source>looking for changes</source>
        <translation>sucht nach Änderungen</translation>
    </message>
    <message>
        <source>%1 files/s</source>
        <translation>%1 Dateien/s</translation>
    </message>
    <message>
        <source>usable now</source>
        <translation>schon nutzbar</translation>
    </message>
    <message>
        <source>learning what belongs together · usable now</source>
        <translation>lernt, was zusammengehört · schon nutzbar</translation>
    </message>
    <message>
        <source>%1 unreadable</source>
        <translation>%1 nicht lesbar</translation>
    </message>
    <message>
        <source>paused, %1 to be read</source>
        <translation>pausiert, %1 noch einzulesen</translation>
    </message>
    <message>
        <source>watched, up to date</source>
        <translation>überwacht, aktuell</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>aktuell</translation>
    </message>
    <message>
        <source>Go on reading</source>
        <translation>Weiter einlesen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Show what could not be read…</source>
        <translation>Zeigen, was nicht gelesen werden konnte…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Remove the collection…</source>
        <translation>Sammlung entfernen…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation>
            <numerusform>%Ln Textstelle</numerusform>
            <numerusform>%Ln Textstellen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::CollectionsPane</name>
    <message>
        <source>Drop folders or files</source>
        <translation>Ordner oder Dateien ablegen</translation>
    </message>
    <message>
        <source>Or click to choose a folder</source>
        <translation>Oder klicken, um einen Ordner auszuwählen</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>Neue Sammlung</translation>
    </message>
    <message>
        <source>A new collection, from a folder or from a file</source>
        <translation>Eine neue Sammlung aus einem Ordner oder aus einer Datei</translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation>Neue Sammlung…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>A folder with documents</source>
        <translation>Ein Ordner mit Dokumenten</translation>
    </message>
    <message>
        <source>What is it to be called?</source>
        <translation>Wie soll sie heißen?</translation>
    </message>
    <message>
        <source>A collection that was exported</source>
        <translation>Eine exportierte Sammlung</translation>
    </message>
    <message>
        <source>Export as one file</source>
        <translation>Als eine Datei exportieren</translation>
    </message>
    <message>
        <source>Remove the collection?</source>
        <translation>Sammlung entfernen?</translation>
    </message>
    <message>
        <source>What Quintet read goes; the documents themselves stay where they are.</source>
        <translation>Was Quintet eingelesen hat, wird gelöscht; die Dokumente selbst bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>Your collections will stand here: documents that were read once, to be asked again and again.</source>
        <translation>Hier werden Ihre Sammlungen stehen: Dokumente, die einmal eingelesen und immer wieder befragt werden.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::CommandPalette</name>
    <message>
        <source>Summarize this</source>
        <translation>Dies zusammenfassen</translation>
    </message>
    <message>
        <source>Chat about this</source>
        <translation>Darüber chatten</translation>
    </message>
    <message>
        <source>Run a batch on this</source>
        <translation>Stapellauf damit</translation>
    </message>
    <message>
        <source>Ask or add to a collection</source>
        <translation>Sammlung fragen oder ergänzen</translation>
    </message>
    <message>
        <source>Give this to an agent</source>
        <translation>Einem Agenten geben</translation>
    </message>
    <message>
        <source>%1 · on</source>
        <translation>%1 · an</translation>
    </message>
    <message>
        <source>%1 · off</source>
        <translation>%1 · aus</translation>
    </message>
    <message>
        <source>Nothing is called so.</source>
        <translation>Nichts heißt so.</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Find a command, or say what you want</source>
        <translation>Einen Befehl suchen oder sagen, was Sie möchten</translation>
    </message>
    <message>
        <source>Find a command, or type, paste or drop anything</source>
        <translation>Befehl suchen oder etwas eintippen, einfügen oder ablegen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>Text of %1 characters</source>
        <translation>Text mit %1 Zeichen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::Composer</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Write a message, / for prompts, @ for collections</source>
        <translation>Nachricht schreiben, / für Prompts, @ für Sammlungen</translation>
    </message>
    <message>
        <source>Another version of a message. Enter sends it, Esc leaves it.</source>
        <translation>Eine andere Fassung einer Nachricht. Eingabe sendet sie, Esc verwirft sie.</translation>
    </message>
    <message>
        <source>Prompts and collections</source>
        <translation>Prompts und Sammlungen</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>Attach files or pictures; they can be dropped and pasted, too</source>
        <translation>Dateien oder Bilder anhängen; auch Ablegen und Einfügen ist möglich</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>%1 is being read</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>%1 · about %2 tokens</source>
        <translation>%1 · etwa %2 Token</translation>
    </message>
    <message>
        <source>Waits: %1</source>
        <translation>Wartet: %1</translation>
    </message>
    <message>
        <source>Sent when the answer is there. Click to take it back.</source>
        <translation>Wird gesendet, sobald die Antwort da ist. Klicken, um es zurückzuholen.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Send next</source>
        <translation>Danach senden</translation>
    </message>
    <message>
        <source>Stop the answer (Esc); what has come is kept</source>
        <translation>Antwort anhalten (Esc); was schon da ist, bleibt</translation>
    </message>
    <message>
        <source>Sent when the answer is there</source>
        <translation>Wird gesendet, sobald die Antwort da ist</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Senden (Eingabe)</translation>
    </message>
    <message>
        <source>Choose collections to be consulted before each answer</source>
        <translation>Sammlungen wählen, die vor jeder Antwort herangezogen werden</translation>
    </message>
    <message>
        <source>Consulted before each answer: %1</source>
        <translation>Vor jeder Antwort herangezogen: %1</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ConnectionFields</name>
    <message>
        <source>Answer begins within</source>
        <translation>Antwort beginnt binnen</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>any time</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>and never halts for</source>
        <translation>und stockt nie länger als</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>as many as it bears</source>
        <translation>so viele, wie er verträgt</translation>
    </message>
    <message>
        <source>Requests at a time</source>
        <translation>Anfragen gleichzeitig</translation>
    </message>
    <message>
        <source>Requests a minute</source>
        <translation>Anfragen pro Minute</translation>
    </message>
    <message>
        <source>Tokens a minute</source>
        <translation>Token pro Minute</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>The system&apos;s; or http://HOST:PORT, socks5://HOST:PORT, none</source>
        <translation>Der des Systems; oder http://HOST:PORT, socks5://HOST:PORT, none</translation>
    </message>
    <message>
        <source>Authorities</source>
        <translation>Zertifizierungsstellen</translation>
    </message>
    <message>
        <source>A PEM file to trust beside the system&apos;s</source>
        <translation>Eine PEM-Datei, der zusätzlich zu denen des Systems vertraut wird</translation>
    </message>
    <message>
        <source>Before questions</source>
        <translation>Vor Fragen</translation>
    </message>
    <message>
        <source>What an embedding model wants, such as &quot;search_query: &quot;</source>
        <translation>Was ein Einbettungsmodell verlangt, z.&#xa0;B. „search_query: “</translation>
    </message>
    <message>
        <source>Before passages</source>
        <translation>Vor Textstellen</translation>
    </message>
    <message>
        <source>Such as &quot;search_document: &quot;</source>
        <translation>Z.&#xa0;B. „search_document: “</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>Name: value, one a line; ${NAME} stands for an environment variable</source>
        <translation>Name: Wert, einer je Zeile; ${NAME} steht für eine Umgebungsvariable</translation>
    </message>
    <message>
        <source>Connects within</source>
        <translation>Verbindet sich innerhalb von</translation>
    </message>
    <message>
        <source>Takes in all no more than</source>
        <translation>Dauert insgesamt höchstens</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ContextGauge</name>
    <message>
        <source>%1 of %2 tokens</source>
        <translation>%1 von %2 Token</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>The next request takes %1</source>
        <translation>Die nächste Anfrage braucht %1</translation>
    </message>
    <message>
        <source>This is more than the model reads. Files that do not fit are searched, and older turns are condensed; you will be told.</source>
        <translation>Das ist mehr, als das Modell liest. Dateien, die nicht hineinpassen, werden durchsucht, und ältere Nachrichten werden verdichtet; Sie werden darauf hingewiesen.</translation>
    </message>
    <message>
        <source>What the model will read with the next message, as estimated, and what that costs.</source>
        <translation>Was das Modell mit der nächsten Nachricht voraussichtlich liest und was das kostet.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ConversationListPane</name>
    <message>
        <source>Conversations</source>
        <translation>Unterhaltungen</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>Alle Unterhaltungen durchsuchen</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Looks through everything that was said (Ctrl+Shift+F). in:FOLDER, in:archive, in:pinned, model:NAME, tag:NAME, before:2026-01-31 and after:2026-01-31 narrow it down.</source>
        <translation>Durchsucht alles, was gesagt wurde (Strg+Umschalt+F). in:ORDNER, in:archive, in:pinned, model:NAME, tag:NAME, before:2026-01-31 und after:2026-01-31 grenzen die Suche ein.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neue Unterhaltung</translation>
    </message>
    <message>
        <source>More: temporary chat, import</source>
        <translation>Mehr: temporärer Chat, Import</translation>
    </message>
    <message>
        <source>Temporary chat</source>
        <translation>Temporärer Chat</translation>
    </message>
    <message>
        <source>Import conversations…</source>
        <translation>Unterhaltungen importieren…</translation>
    </message>
    <message>
        <source>Back to: %1</source>
        <translation>Zurück zu: %1</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>Alle Unterhaltungen</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Folder: %1</source>
        <translation>Ordner: %1</translation>
    </message>
    <message>
        <source>Tag: %1</source>
        <translation>Schlagwort: %1</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Your conversations will stand here.</source>
        <translation>Ihre Unterhaltungen erscheinen hier.</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Move to a folder…</source>
        <translation>In einen Ordner verschieben…</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Schlagwörter…</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>Aus dem Archiv holen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Move to a folder</source>
        <translation>In einen Ordner verschieben</translation>
    </message>
    <message>
        <source>Folder (empty for none)</source>
        <translation>Ordner (leer für keinen)</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Tags, with commas between them</source>
        <translation>Schlagwörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>“%1” was removed.</source>
        <translation>„%1“ wurde entfernt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ConversationModel</name>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln Nachricht</numerusform>
            <numerusform>%Ln Nachrichten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::DataCard</name>
    <message>
        <source>Backups of Quintet (*.quintet);;All files (*)</source>
        <translation>Sicherungen von Quintet (*.quintet);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Everything stays on this computer</source>
        <translation>Alles bleibt auf diesem Computer</translation>
    </message>
    <message>
        <source>Data: %1</source>
        <translation>Daten: %1</translation>
    </message>
    <message>
        <source>Settings: %1</source>
        <translation>Einstellungen: %1</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sichern…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wiederherstellen…</translation>
    </message>
    <message>
        <source>API keys too, locked with a password</source>
        <translation>Auch API-Schlüssel, mit einem Passwort geschützt</translation>
    </message>
    <message>
        <source>Password for the keys in the backup</source>
        <translation>Passwort für die Schlüssel in der Sicherung</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>One file with everything</source>
        <translation>Eine Datei mit allem</translation>
    </message>
    <message>
        <source>Conversations, collections, runs, history and settings, while Quintet goes on working. A restored backup takes the place of what there is, which is kept beside it.</source>
        <translation>Unterhaltungen, Sammlungen, Läufe, Verlauf und Einstellungen, während Quintet weiterarbeitet. Eine wiederhergestellte Sicherung ersetzt den jetzigen Bestand, der daneben aufbewahrt wird.</translation>
    </message>
    <message>
        <source>Delete all data…</source>
        <translation>Alle Daten löschen…</translation>
    </message>
    <message>
        <source>Delete everything</source>
        <translation>Alles löschen</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>Alles behalten</translation>
    </message>
    <message>
        <source>Delete all data</source>
        <translation>Alle Daten löschen</translation>
    </message>
    <message>
        <source>Conversations, collections, runs, history, settings and keys, for good. Documents of yours that were read into collections stay where they are.</source>
        <translation>Unterhaltungen, Sammlungen, Läufe, Verlauf, Einstellungen und Schlüssel, endgültig. Ihre Dokumente, die in Sammlungen eingelesen wurden, bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Progress of the backup</source>
        <translation>Fortschritt der Sicherung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Backed up with the keys into %1 (%2).</source>
        <translation>Mit Schlüsseln gesichert in %1 (%2).</translation>
    </message>
    <message>
        <source>Backed up without keys into %1 (%2).</source>
        <translation>Ohne Schlüssel gesichert in %1 (%2).</translation>
    </message>
    <message>
        <source>The backup of %1 is whole. It is put in place when Quintet starts anew.</source>
        <translation>Die Sicherung vom %1 ist unversehrt. Sie wird eingesetzt, wenn Quintet neu startet.</translation>
    </message>
    <message>
        <source>It also holds keys: to take them over, tick the box, type the password and restore again.</source>
        <translation>Sie enthält auch Schlüssel: Um sie zu übernehmen, setzen Sie das Häkchen, geben Sie das Passwort ein, und stellen Sie noch einmal wieder her.</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Back everything up</source>
        <translation>Alles sichern</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Sicherung wiederherstellen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::DatabasesCard</name>
    <message>
        <source>Name of the database</source>
        <translation>Name der Datenbank</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>File or address of the database</source>
        <translation>Datei oder Adresse der Datenbank</translation>
    </message>
    <message>
        <source>/path/to/file.sqlite or postgresql://user:password@host/database</source>
        <translation>/Pfad/zur/Datei.sqlite oder postgresql://user:password@host/database</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>SQLite, PostgreSQL, MySQL and MariaDB. Agents only read them; best give an account that may do no more. Passwords are kept in the system&apos;s keychain.</source>
        <translation>SQLite, PostgreSQL, MySQL und MariaDB. Agenten lesen sie nur; geben Sie am besten ein Konto an, das nicht mehr darf. Passwörter liegen im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::DocumentPane</name>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Open in its own program</source>
        <translation>Im zugehörigen Programm öffnen</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>Close the document</source>
        <translation>Dokument schließen</translation>
    </message>
    <message>
        <source>The document has changed: the passage does not stand there any more.</source>
        <translation>Das Dokument hat sich geändert: Die Textstelle steht nicht mehr dort.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::EndpointForm</name>
    <message>
        <source>Kind of server</source>
        <translation>Art des Servers</translation>
    </message>
    <message>
        <source>Another, OpenAI-compatible</source>
        <translation>Anderer, OpenAI-kompatibel</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>Basis-URL</translation>
    </message>
    <message>
        <source>http://HOST:PORT/v1</source>
        <translation>http://HOST:PORT/v1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What it is called here</source>
        <translation>Wie er hier heißt</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Kept in the system&apos;s keychain, never in a file</source>
        <translation>Liegt im Schlüsselbund des Systems, nie in einer Datei</translation>
    </message>
    <message>
        <source>or variable</source>
        <translation>oder Variable</translation>
    </message>
    <message>
        <source>Name of an environment variable that holds the key</source>
        <translation>Name einer Umgebungsvariablen, die den Schlüssel enthält</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The server&apos;s first</source>
        <translation>Das erste des Servers</translation>
    </message>
    <message>
        <source>Limits, headers, proxy…</source>
        <translation>Grenzen, Header, Proxy…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::EndpointsCard</name>
    <message>
        <source>Connect a model server…</source>
        <translation>Modellserver verbinden…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>The key of %1 is kept in the system&apos;s keychain.</source>
        <translation>Der Schlüssel von %1 liegt im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>No keychain answers here, so the key of %1 is kept until Quintet closes. To keep it for good, put it into an environment variable and name that.</source>
        <translation>Hier antwortet kein Schlüsselbund, deshalb bleibt der Schlüssel von %1 nur erhalten, bis Quintet geschlossen wird. Um ihn dauerhaft zu behalten, legen Sie ihn in einer Umgebungsvariablen ab und geben Sie deren Namen an.</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>%1 wurde entfernt.</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>Quotes the key sentences; needs no model and no network</source>
        <translation>Zitiert die Kernsätze; braucht weder Modell noch Netz</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Not encrypted: anybody on the way can read the texts and the key. Use https if the server has it.</source>
        <translation>Nicht verschlüsselt: Unterwegs kann jeder die Texte und den Schlüssel lesen. Verwenden Sie https, wenn der Server es anbietet.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Verwendung</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Wird gefragt…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Found on this computer: %1</source>
        <translation>Auf diesem Computer gefunden: %1</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>Found on this computer; it wants its key</source>
        <translation>Auf diesem Computer gefunden; verlangt seinen Schlüssel</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ErrorGroups</name>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Show these: %1</source>
        <translation>Diese anzeigen: %1</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Try these again: %1</source>
        <translation>Diese erneut versuchen: %1</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ErrorStrip</name>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>quintet::ui::FailuresPane</name>
    <message>
        <source>Files that could not be read</source>
        <translation>Dateien, die nicht gelesen werden konnten</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation>Liste schließen</translation>
    </message>
    <message>
        <source>Everything could be read.</source>
        <translation>Alles konnte gelesen werden.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::FindBar</name>
    <message>
        <source>Find in the conversation</source>
        <translation>In der Unterhaltung suchen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>quintet::ui::Given</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n Ordner</numerusform>
            <numerusform>%n Ordner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n Link</numerusform>
            <numerusform>%n Links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n Bild</numerusform>
            <numerusform>%n Bilder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::GridTable</name>
    <message numerus="yes">
        <source>%Ln row(s) and more</source>
        <translation>
            <numerusform>%Ln Zeile und mehr</numerusform>
            <numerusform>%Ln Zeilen und mehr</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::GridView</name>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Show %1…</source>
        <translation>%1 anzeigen…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save the result</source>
        <translation>Ergebnis speichern</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Durch Kommas getrennte Werte (*.csv)</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
</context>
<context>
    <name>quintet::ui::HintStrip</name>
    <message>
        <source>Hint</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>No hints</source>
        <translation>Keine Hinweise</translation>
    </message>
    <message>
        <source>Says no more where a simpler tab would do; the palette switches it on again</source>
        <translation>Weist nicht mehr darauf hin, wo ein einfacherer Tab genügt; in der Befehlssuche lässt es sich wieder einschalten</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
</context>
<context>
    <name>quintet::ui::InspectorBar</name>
    <message>
        <source>Try a share of the vectors</source>
        <translation>Anteil der Vektoren ausprobieren</translation>
    </message>
    <message>
        <source>Share of the vectors in percent</source>
        <translation>Anteil der Vektoren in Prozent</translation>
    </message>
    <message>
        <source>Why not this document?</source>
        <translation>Warum nicht dieses Dokument?</translation>
    </message>
    <message>
        <source>A document that is missed among the hits</source>
        <translation>Ein Dokument, das unter den Treffern fehlt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>as measured</source>
        <translation>wie gemessen</translation>
    </message>
    <message>
        <source>Rerank: endpoint/model</source>
        <translation>Neu ordnen: Endpunkt/Modell</translation>
    </message>
    <message>
        <source>Model that puts the hits of this collection in order</source>
        <translation>Modell, das die Treffer dieser Sammlung ordnet</translation>
    </message>
    <message>
        <source>A reranking model, as endpoint/model, for this collection from now on; empty: none</source>
        <translation>Ein Modell zum Neuordnen, als Endpunkt/Modell, für diese Sammlung von nun an; leer: keines</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ItemPane</name>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Result of the other run</source>
        <translation>Ergebnis des anderen Laufs</translation>
    </message>
    <message>
        <source>Choose an item to see its source and its result.</source>
        <translation>Wählen Sie einen Eintrag, um Quelle und Ergebnis zu sehen.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Run to compare with</source>
        <translation>Lauf zum Vergleichen</translation>
    </message>
    <message>
        <source>Compare with another run…</source>
        <translation>Mit einem anderen Lauf vergleichen…</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 + %2 tokens</source>
        <translation>%1 + %2 Token</translation>
    </message>
    <message>
        <source>cost not known</source>
        <translation>Kosten nicht bekannt</translation>
    </message>
    <message>
        <source>from the cache</source>
        <translation>aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>may have been paid for twice: it was under way when Quintet ended</source>
        <translation>möglicherweise doppelt bezahlt: war in Arbeit, als Quintet beendet wurde</translation>
    </message>
    <message>
        <source>This does not fit the schema, also after asking again.</source>
        <translation>Das entspricht nicht dem Schema, auch nach erneuter Anfrage.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attempt(s)</source>
        <translation>
            <numerusform>%Ln Versuch</numerusform>
            <numerusform>%Ln Versuche</numerusform>
        </translation>
    </message>
    <message>
        <source>changed since it was listed</source>
        <translation>geändert, seit es aufgelistet wurde</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ItemTableModel</name>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>asking …</source>
        <translation>wird angefragt …</translation>
    </message>
    <message>
        <source>again later: %1</source>
        <translation>später erneut: %1</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>s</source>
        <comment>seconds</comment>
        <translation>s</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>quintet::ui::KnowledgeSession</name>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
</context>
<context>
    <name>quintet::ui::KnowledgeTab</name>
    <message>
        <source>New collection…</source>
        <translation>Neue Sammlung…</translation>
    </message>
    <message>
        <source>Add a folder to the collection…</source>
        <translation>Ordner zur Sammlung hinzufügen…</translation>
    </message>
    <message>
        <source>Import a collection…</source>
        <translation>Sammlung importieren…</translation>
    </message>
    <message>
        <source>Ask a question</source>
        <translation>Frage stellen</translation>
    </message>
    <message>
        <source>Search the collection</source>
        <translation>Sammlung durchsuchen</translation>
    </message>
    <message>
        <source>See through a question&apos;s hits</source>
        <translation>Treffer einer Frage durchschauen</translation>
    </message>
    <message>
        <source>Find in the answers</source>
        <translation>In den Antworten suchen</translation>
    </message>
    <message>
        <source>Chat with this collection</source>
        <translation>Mit dieser Sammlung chatten</translation>
    </message>
    <message>
        <source>Give this collection to an agent</source>
        <translation>Diese Sammlung einem Agenten geben</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort anhalten</translation>
    </message>
    <message>
        <source>Add to %1</source>
        <translation>Zu %1 hinzufügen</translation>
    </message>
    <message>
        <source>Make a collection of it</source>
        <translation>Eine Sammlung daraus anlegen</translation>
    </message>
    <message>
        <source>Ask %1</source>
        <translation>%1 fragen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::LimitDialog</name>
    <message>
        <source>What the run may take at most</source>
        <translation>Was der Lauf höchstens verbrauchen darf</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>The whole run, what was done already among it:</source>
        <translation>Der ganze Lauf, mit dem, was schon getan ist:</translation>
    </message>
</context>
<context>
    <name>quintet::ui::LimitFields</name>
    <message>
        <source>Dollars at most</source>
        <translation>Dollar höchstens</translation>
    </message>
    <message>
        <source>any cost</source>
        <translation>beliebige Kosten</translation>
    </message>
    <message>
        <source>Tokens at most</source>
        <translation>Höchstens so viele Token</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> Token</translation>
    </message>
    <message>
        <source>any number of tokens</source>
        <translation>beliebig viele Token</translation>
    </message>
</context>
<context>
    <name>quintet::ui::MainWindow</name>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Quintet cannot start</source>
        <translation>Quintet kann nicht starten</translation>
    </message>
    <message>
        <source>Close Quintet</source>
        <translation>Quintet schließen</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Go to the start page</source>
        <translation>Zur Startseite wechseln</translation>
    </message>
    <message>
        <source>Show the usage</source>
        <translation>Verbrauch anzeigen</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu „%1“ wechseln</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Usage (Ctrl+U)</source>
        <translation>Verbrauch (Strg+U)</translation>
    </message>
    <message>
        <source>See which tab fits</source>
        <translation>Passenden Tab finden</translation>
    </message>
    <message>
        <source>Make this pane wider</source>
        <translation>Diesen Bereich breiter machen</translation>
    </message>
    <message>
        <source>Make this pane narrower</source>
        <translation>Diesen Bereich schmaler machen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ModelList</name>
    <message>
        <source>Search the models</source>
        <translation>Modelle durchsuchen</translation>
    </message>
    <message>
        <source>Search models…</source>
        <translation>Modelle suchen…</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Asking the servers…</source>
        <translation>Server werden gefragt…</translation>
    </message>
    <message>
        <source>No model is called that.</source>
        <translation>Kein Modell heißt so.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ModelPicker</name>
    <message>
        <source>Built-in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source> · local</source>
        <translation> · lokal</translation>
    </message>
    <message>
        <source>The built-in engine answers. Choose a model…</source>
        <translation>Die eingebaute Engine antwortet. Modell auswählen…</translation>
    </message>
    <message>
        <source>%1 at %2 answers. Choose another…</source>
        <translation>%1 bei %2 antwortet. Anderes auswählen…</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modell: %1</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell auswählen</translation>
    </message>
    <message>
        <source>Connect a model server…</source>
        <translation>Modellserver verbinden…</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ModelsCard</name>
    <message>
        <source>A click makes a model the one that is asked where a tab has none of its own; the star makes it a favourite.</source>
        <translation>Ein Klick auf ein Modell legt fest, dass es gefragt wird, wo ein Tab kein eigenes hat; der Stern macht es zum Favoriten.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::OpenChat</name>
    <message>
        <source>%1 was not read. Remove it, then send. %2</source>
        <translation>%1 wurde nicht gelesen. Entfernen Sie die Datei und senden Sie dann. %2</translation>
    </message>
    <message>
        <source>An answer is being written. Stop it first (Esc).</source>
        <translation>Eine Antwort wird gerade geschrieben. Halten Sie sie zuerst an (Esc).</translation>
    </message>
</context>
<context>
    <name>quintet::ui::OutputForm</name>
    <message>
        <source>Where the results go</source>
        <translation>Wohin die Ergebnisse kommen</translation>
    </message>
    <message>
        <source>Only here in Quintet</source>
        <translation>Nur hier in Quintet</translation>
    </message>
    <message>
        <source>Beside the sources</source>
        <translation>Neben die Quellen</translation>
    </message>
    <message>
        <source>Into a folder…</source>
        <translation>In einen Ordner…</translation>
    </message>
    <message>
        <source>In which form</source>
        <translation>In welcher Form</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>One table (CSV)</source>
        <translation>Eine Tabelle (CSV)</translation>
    </message>
    <message>
        <source>One workbook (XLSX)</source>
        <translation>Eine Arbeitsmappe (XLSX)</translation>
    </message>
    <message>
        <source>One JSONL file</source>
        <translation>Eine JSONL-Datei</translation>
    </message>
    <message>
        <source>Where results go</source>
        <translation>Wohin die Ergebnisse kommen</translation>
    </message>
    <message>
        <source>Folder for the results</source>
        <translation>Ordner für die Ergebnisse</translation>
    </message>
</context>
<context>
    <name>quintet::ui::PdfPane</name>
    <message>
        <source>Approximately here: some of the passage was not found on the page.</source>
        <translation>Ungefähr hier: Ein Teil der Textstelle wurde auf der Seite nicht gefunden.</translation>
    </message>
    <message>
        <source>List of pages</source>
        <translation>Liste der Seiten</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open in its own program</source>
        <translation>Im zugehörigen Programm öffnen</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
</context>
<context>
    <name>quintet::ui::PdfView</name>
    <message>
        <source>Pages of the document</source>
        <translation>Seiten des Dokuments</translation>
    </message>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 ist nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>This document asks for a password. Please open it in its own program.</source>
        <translation>Dieses Dokument verlangt ein Passwort. Bitte öffnen Sie es im zugehörigen Programm.</translation>
    </message>
    <message>
        <source>This document cannot be shown here. Please open it in its own program.</source>
        <translation>Dieses Dokument kann hier nicht angezeigt werden. Bitte öffnen Sie es im zugehörigen Programm.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::PlannerView</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>A model&apos;s name</source>
        <translation>Name eines Modells</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>A service of 1,000,000 requests a day, with the tokens of your own requests where there are some</source>
        <translation>Ein Dienst mit 1.000.000 Anfragen pro Tag, mit den Token Ihrer eigenen Anfragen, soweit vorhanden</translation>
    </message>
    <message>
        <source>What would it cost with</source>
        <translation>Was würde es kosten mit</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Requests a day</source>
        <translation>Anfragen pro Tag</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Eingabe-Token</translation>
    </message>
    <message>
        <source>out</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Cached, %</source>
        <translation>Cache, %</translation>
    </message>
    <message>
        <source>Batch price</source>
        <translation>Stapelpreis</translation>
    </message>
    <message>
        <source>Plain, a day</source>
        <translation>Einfach, pro Tag</translation>
    </message>
    <message>
        <source>With both, a day</source>
        <translation>Mit beidem, pro Tag</translation>
    </message>
    <message>
        <source>a month</source>
        <translation>pro Monat</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>requests a day</source>
        <translation>Anfragen pro Tag</translation>
    </message>
    <message>
        <source>tokens in</source>
        <translation>Eingabe-Token</translation>
    </message>
    <message>
        <source>tokens out</source>
        <translation>Ausgabe-Token</translation>
    </message>
    <message>
        <source>percent from the cache</source>
        <translation>Prozent aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>at the price of a provider&apos;s batch</source>
        <translation>zum Stapelpreis eines Anbieters</translation>
    </message>
    <message>
        <source>Tokens and share of the cache are usual ones; put in your own.</source>
        <translation>Token und Anteil des Zwischenspeichers sind übliche Werte; tragen Sie Ihre eigenen ein.</translation>
    </message>
    <message>
        <source>Tokens and share of the cache are those of your own requests for %1, else usual ones.</source>
        <translation>Token und Anteil des Zwischenspeichers stammen bei %1 aus Ihren eigenen Anfragen, sonst sind es übliche Werte.</translation>
    </message>
    <message>
        <source>&quot;Plain&quot; asks a model for every request at the usual price; &quot;with both&quot; leaves out what the cache answers, and takes the provider&apos;s batch price (half, as a rule) where it is ticked. A month has 30 days.</source>
        <translation>„Einfach“ fragt für jede Anfrage ein Modell zum üblichen Preis; „mit beidem“ lässt weg, was der Zwischenspeicher beantwortet, und rechnet mit dem Stapelpreis des Anbieters (in der Regel die Hälfte), wo er angekreuzt ist. Ein Monat hat 30 Tage.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Choose a model to see what %1 requests a day would cost.</source>
        <translation>Wählen Sie ein Modell, um zu sehen, was %1 Anfragen pro Tag kosten würden.</translation>
    </message>
    <message>
        <source>The price of %1 is not known. Set it in the settings, under prices.</source>
        <translation>Der Preis von %1 ist nicht bekannt. Geben Sie ihn in den Einstellungen unter „Preise“ an.</translation>
    </message>
    <message>
        <source>%1 requests a day: %2 a day without cache, %3 with it, %4 with batch prices too; %5 a month.</source>
        <translation>%1 Anfragen pro Tag: %2 pro Tag ohne Zwischenspeicher, %3 damit, %4 auch mit Stapelpreisen; %5 pro Monat.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::PreviewPane</name>
    <message>
        <source>The first item as it will be sent, or what came of a trial</source>
        <translation>Der erste Eintrag, wie er gesendet wird, oder das Ergebnis eines Versuchs</translation>
    </message>
    <message>
        <source>The first item, as it will be sent</source>
        <translation>Der erste Eintrag, wie er gesendet wird</translation>
    </message>
    <message>
        <source>Cannot be read: %1: %2</source>
        <translation>Nicht lesbar: %1: %2</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
    <message>
        <source>Reading some of the items …</source>
        <translation>Einige der Einträge werden gelesen …</translation>
    </message>
    <message>
        <source>Choose a folder, files or a table first.</source>
        <translation>Wählen Sie zuerst einen Ordner, Dateien oder eine Tabelle.</translation>
    </message>
    <message>
        <source>Tried on the first items</source>
        <translation>An den ersten Einträgen ausprobiert</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>does not fit the schema</source>
        <translation>entspricht nicht dem Schema</translation>
    </message>
</context>
<context>
    <name>quintet::ui::PreviewTable</name>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>quintet::ui::PricesCard</name>
    <message>
        <source>Prices for a million tokens</source>
        <translation>Preise für eine Million Token</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Cached in</source>
        <translation>Eingabe (Cache)</translation>
    </message>
    <message>
        <source>Set price</source>
        <translation>Preis setzen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Dollars for a million tokens; your own prices go before those that come along.</source>
        <translation>Dollar für eine Million Token; Ihre eigenen Preise haben Vorrang vor den mitgelieferten.</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>ab %1</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>over %1 k tokens</source>
        <translation>über %1&#xa0;Tsd. Token</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>eigener</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ProgressStrip</name>
    <message>
        <source>Share of the items that have ended</source>
        <translation>Anteil der abgeschlossenen Einträge</translation>
    </message>
</context>
<context>
    <name>quintet::ui::PromptForm</name>
    <message>
        <source>Insert</source>
        <translation>Einfügen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::PromptLibrary</name>
    <message>
        <source>Prompt library</source>
        <translation>Prompt-Bibliothek</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name, what follows / in the composer</source>
        <translation>Name, der im Eingabefeld auf / folgt</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>The prompt. {{name}} asks for a value, {{name=value}} has one by default, {{tone:warm|cool}} is a choice; {{clipboard}}, {{date}} and {{time}} fill themselves.</source>
        <translation>Der Prompt. {{name}} fragt nach einem Wert, {{name=value}} hat einen als Vorgabe, {{tone:warm|cool}} ist eine Auswahl; {{clipboard}}, {{date}} und {{time}} füllen sich selbst.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Import prompts.csv…</source>
        <translation>prompts.csv importieren…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>A prompt needs a name and a text.</source>
        <translation>Ein Prompt braucht einen Namen und einen Text.</translation>
    </message>
    <message>
        <source>Import prompts</source>
        <translation>Prompts importieren</translation>
    </message>
    <message>
        <source>Prompts (*.csv)</source>
        <translation>Prompts (*.csv)</translation>
    </message>
    <message>
        <source>%1 cannot be read, or is too large.</source>
        <translation>%1 ist nicht lesbar oder zu groß.</translation>
    </message>
    <message>
        <source>Removed: /%1</source>
        <translation>Entfernt: /%1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>quintet::ui::QuestionPane</name>
    <message>
        <source>Drop a folder of documents here, then ask in plain words. Every answer points at the page it comes from.</source>
        <translation>Legen Sie hier einen Ordner mit Dokumenten ab und fragen Sie dann in einfachen Worten. Jede Antwort verweist auf die Seite, von der sie stammt.</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner auswählen…</translation>
    </message>
    <message>
        <source>What to do with the question</source>
        <translation>Was mit der Frage geschehen soll</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>First drop in some documents</source>
        <translation>Legen Sie zuerst Dokumente ab</translation>
    </message>
    <message>
        <source>Ask %1…</source>
        <translation>%1 fragen…</translation>
    </message>
    <message>
        <source>Search %1… “exact words” -not file:name</source>
        <translation>%1 durchsuchen… „genaue Worte“ -ohne file:Name</translation>
    </message>
    <message>
        <source>A question whose hits you want to see through</source>
        <translation>Eine Frage, deren Treffer Sie durchschauen möchten</translation>
    </message>
    <message>
        <source>Ask %1 something. Every answer points at the page it comes from.</source>
        <translation>Fragen Sie %1 etwas. Jede Antwort verweist auf die Seite, von der sie stammt.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::QuickSession</name>
    <message>
        <source>clipboard.txt</source>
        <translation>clipboard.txt</translation>
    </message>
</context>
<context>
    <name>quintet::ui::QuickWindow</name>
    <message>
        <source>Quintet: quick answer</source>
        <translation>Quintet: Schnellantwort</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>The text in question: typed, pasted or dropped</source>
        <translation>Der Text, um den es geht: eingetippt, eingefügt oder abgelegt</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>What do you want to know?</source>
        <translation>Was möchten Sie wissen?</translation>
    </message>
    <message>
        <source>What to do with the text</source>
        <translation>Was mit dem Text geschehen soll</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Hide (Esc)</source>
        <translation>Ausblenden (Esc)</translation>
    </message>
    <message>
        <source>Quick answer</source>
        <translation>Schnellantwort</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open in its tab</source>
        <translation>Im Tab öffnen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
</context>
<context>
    <name>quintet::ui::Rail</name>
    <message>
        <source>Tabs</source>
        <translation>Tabs</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ReportView</name>
    <message>
        <source>Costs split by</source>
        <translation>Kosten aufgeteilt nach</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>From the cache</source>
        <translation>Aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>Time to the whole answer</source>
        <translation>Zeit bis zur ganzen Antwort</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Cost a day</source>
        <translation>Kosten pro Tag</translation>
    </message>
    <message>
        <source>How long answers took, in seconds</source>
        <translation>Wie lange Antworten dauerten, in Sekunden</translation>
    </message>
    <message>
        <source>Answered from the cache</source>
        <translation>Aus dem Zwischenspeicher beantwortet</translation>
    </message>
    <message>
        <source>A row for each</source>
        <translation>Eine Zeile je</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Usage in figures</source>
        <translation>Verbrauch in Zahlen</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Als CSV exportieren…</translation>
    </message>
    <message>
        <source>In figures</source>
        <translation>In Zahlen</translation>
    </message>
    <message>
        <source>95 % within %1</source>
        <translation>95&#xa0;% binnen %1</translation>
    </message>
    <message>
        <source>nothing was measured</source>
        <translation>nichts gemessen</translation>
    </message>
    <message>
        <source>none failed</source>
        <translation>keine fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 failed (%2)</source>
        <translation>%1 fehlgeschlagen (%2)</translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <translation>%1 Eingabe, %2 Ausgabe</translation>
    </message>
    <message>
        <source>price of %1 unknown</source>
        <translation>Preis von %1 unbekannt</translation>
    </message>
    <message>
        <source>%1 a request</source>
        <translation>%1 pro Anfrage</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>%1 gespart</translation>
    </message>
    <message>
        <source>Cost an hour</source>
        <translation>Kosten pro Stunde</translation>
    </message>
    <message>
        <source>Cost a month</source>
        <translation>Kosten pro Monat</translation>
    </message>
    <message numerus="yes">
        <source>Without %Ln request(s) whose price is not known; prices are set in the settings.</source>
        <translation>
            <numerusform>Ohne %Ln Anfrage, deren Preis nicht bekannt ist; Preise legen Sie in den Einstellungen fest.</numerusform>
            <numerusform>Ohne %Ln Anfragen, deren Preis nicht bekannt ist; Preise legen Sie in den Einstellungen fest.</numerusform>
        </translation>
    </message>
    <message>
        <source>Export usage</source>
        <translation>Verbrauch exportieren</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Durch Kommas getrennte Werte (*.csv)</translation>
    </message>
</context>
<context>
    <name>quintet::ui::RunFigures</name>
    <message>
        <source>of %1 done</source>
        <translation>von %1 fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1/min</source>
        <translation>%1/min</translation>
    </message>
    <message>
        <source>items</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>left</source>
        <translation>verbleibend</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>cached, %1 saved</source>
        <translation>aus dem Cache, %1 gespart</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>of %1 tokens</source>
        <translation>von %1 Token</translation>
    </message>
</context>
<context>
    <name>quintet::ui::RunList</name>
    <message>
        <source>listing: %1</source>
        <translation>erfasst: %1</translation>
    </message>
    <message>
        <source>%1 · %2 failed</source>
        <translation>%1 · %2 fehlgeschlagen</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Batch runs</source>
        <translation>Stapelläufe</translation>
    </message>
    <message>
        <source>Run again, changed…</source>
        <translation>Geändert neu starten…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Remove a run</source>
        <translation>Lauf entfernen</translation>
    </message>
    <message>
        <source>Remove &quot;%1&quot; and its %2 results from Quintet? Files that it wrote stay.</source>
        <translation>„%1“ mit %2 Ergebnissen aus Quintet entfernen? Dateien, die der Lauf geschrieben hat, bleiben.</translation>
    </message>
    <message>
        <source>Your runs will stand here.</source>
        <translation>Hier werden Ihre Läufe stehen.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::RunPane</name>
    <message>
        <source>replayed without a model</source>
        <translation>ohne Modell wiederholt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>cost not known</source>
        <translation>Kosten nicht bekannt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Make the same calls again, on today&apos;s data and without a model</source>
        <translation>Dieselben Aufrufe noch einmal, mit den heutigen Daten und ohne Modell</translation>
    </message>
    <message>
        <source>Save as task…</source>
        <translation>Als Aufgabe speichern…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Say something to the agent</source>
        <translation>Dem Agenten etwas sagen</translation>
    </message>
    <message>
        <source>A replay asks no model: there is nobody to speak to</source>
        <translation>Eine Wiederholung fragt kein Modell: Es ist niemand da, mit dem Sie sprechen könnten</translation>
    </message>
    <message>
        <source>Say something to the agent; it heeds at its next step</source>
        <translation>Dem Agenten etwas sagen; er beachtet es beim nächsten Schritt</translation>
    </message>
    <message>
        <source>Say more, and the agent goes on</source>
        <translation>Sagen Sie mehr, und der Agent macht weiter</translation>
    </message>
    <message>
        <source>You stopped it.</source>
        <translation>Sie haben ihn angehalten.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Save as task</source>
        <translation>Als Aufgabe speichern</translation>
    </message>
    <message>
        <source>What is it to be called?</source>
        <translation>Wie soll sie heißen?</translation>
    </message>
    <message>
        <source>Export the run</source>
        <translation>Lauf exportieren</translation>
    </message>
    <message>
        <source>Markdown (*.md);;Web page (*.html);;JSON lines (*.jsonl)</source>
        <translation>Markdown (*.md);;Webseite (*.html);;JSON Lines (*.jsonl)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln Schritt</numerusform>
            <numerusform>%Ln Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop; it can be resumed</source>
        <translation>Anhalten; lässt sich fortsetzen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::RunView</name>
    <message>
        <source>Items of the run</source>
        <translation>Einträge des Laufs</translation>
    </message>
    <message>
        <source>Select all items</source>
        <translation>Alle Einträge auswählen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open results</source>
        <translation>Ergebnisse öffnen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More to do with the run</source>
        <translation>Mehr zu diesem Lauf</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>Cancel this run for good? What was answered is kept. To stop for a while, pause it.</source>
        <translation>Diesen Lauf endgültig abbrechen? Was beantwortet ist, bleibt erhalten. Um nur eine Weile anzuhalten, pausieren Sie ihn.</translation>
    </message>
    <message>
        <source>Which items are shown</source>
        <translation>Welche Einträge angezeigt werden</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Show only items that hold these words</source>
        <translation>Nur Einträge anzeigen, die diese Wörter enthalten</translation>
    </message>
    <message>
        <source>Filter…</source>
        <translation>Filtern…</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Another Quintet is at work on this run.</source>
        <translation>Ein anderes Quintet arbeitet an diesem Lauf.</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>Save as a workbook (XLSX)…</source>
        <translation>Als Arbeitsmappe speichern (XLSX)…</translation>
    </message>
    <message>
        <source>Save as JSONL…</source>
        <translation>Als JSONL speichern…</translation>
    </message>
    <message>
        <source>Save as Markdown…</source>
        <translation>Als Markdown speichern…</translation>
    </message>
    <message>
        <source>Save the results</source>
        <translation>Ergebnisse speichern</translation>
    </message>
    <message>
        <source>Run again, changed…</source>
        <translation>Geändert neu starten…</translation>
    </message>
    <message>
        <source>Retry all that failed</source>
        <translation>Alle fehlgeschlagenen erneut versuchen</translation>
    </message>
    <message>
        <source>Fetch results</source>
        <translation>Ergebnisse abholen</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>Fortsetzen…</translation>
    </message>
    <message>
        <source>Raise and resume…</source>
        <translation>Erhöhen und fortsetzen…</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ServeCard</name>
    <message>
        <source>Serve other programs on this computer while the window is open</source>
        <translation>Andere Programme auf diesem Computer bedienen, solange das Fenster offen ist</translation>
    </message>
    <message>
        <source>Port of the server</source>
        <translation>Port des Servers</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Scripts, editors and clients of OpenAI&apos;s API get the five patterns with the same cache, limits, budgets and ledger. Only programs on this computer that know the token can reach it.</source>
        <translation>Skripte, Editoren und Clients der OpenAI-API erhalten die fünf Muster mit demselben Zwischenspeicher, denselben Grenzen, Budgets und demselben Verbrauchsbuch. Nur Programme auf diesem Computer, die das Token kennen, erreichen den Server.</translation>
    </message>
    <message>
        <source>Token of the server</source>
        <translation>Token des Servers</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>Token kopieren</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>Neues Token</translation>
    </message>
    <message>
        <source>Clients that know the token of now are refused from then on</source>
        <translation>Clients, die das jetzige Token kennen, werden von da an abgewiesen</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Collections that editors and assistants see through the Model Context Protocol (quintet mcp)</source>
        <translation>Sammlungen, die Editoren und Assistenten über das Model Context Protocol sehen (quintet mcp)</translation>
    </message>
    <message>
        <source>Serving on &lt;a href=&quot;%1&quot;&gt;%1&lt;/a&gt;</source>
        <translation>Erreichbar unter &lt;a href=&quot;%1&quot;&gt;%1&lt;/a&gt;</translation>
    </message>
    <message>
        <source>Let clients see %1</source>
        <translation>%1 für Clients freigeben</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SetUpPane</name>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Find the total sales for last month and calculate growth</source>
        <translation>Ermittle den Gesamtumsatz des letzten Monats und berechne das Wachstum</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Or replay a saved task: its calls again, on today&apos;s data and without a model</source>
        <translation>Oder eine gespeicherte Aufgabe wiederholen: ihre Aufrufe noch einmal, mit den heutigen Daten und ohne Modell</translation>
    </message>
    <message>
        <source>What is to be done?</source>
        <translation>Was ist zu tun?</translation>
    </message>
    <message>
        <source>The agent looks things up, calculates and reads by itself; before it writes or sends anything it asks.</source>
        <translation>Der Agent schlägt selbst nach, rechnet und liest; bevor er etwas schreibt oder sendet, fragt er.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SetUpView</name>
    <message>
        <source>Try on 3 items</source>
        <translation>An 3 Einträgen ausprobieren</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Ctrl+↵</source>
        <translation>Strg+↵</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Which model</source>
        <translation>Welches Modell</translation>
    </message>
    <message>
        <source>As a batch of the provider&apos;s: half the price, within a day</source>
        <translation>Als Stapel beim Anbieter: halber Preis, innerhalb eines Tages</translation>
    </message>
    <message>
        <source>Connect a model</source>
        <translation>Modell verbinden</translation>
    </message>
    <message>
        <source>Trying …</source>
        <translation>Wird ausprobiert …</translation>
    </message>
    <message>
        <source>One prompt over many items; nothing is lost, whatever happens in between.</source>
        <translation>Ein Prompt für viele Einträge; nichts geht verloren, was auch dazwischenkommt.</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>about %1 tokens</source>
        <translation>etwa %1 Token</translation>
    </message>
    <message>
        <source>cost not known</source>
        <translation>Kosten nicht bekannt</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>%1 answered already</source>
        <translation>%1 schon beantwortet</translation>
    </message>
    <message>
        <source>%1 of %2 looked at cannot be read</source>
        <translation>%1 von %2 geprüften nicht lesbar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s)</source>
        <translation>
            <numerusform>%Ln Eintrag</numerusform>
            <numerusform>%Ln Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>What it may take at most</source>
        <translation>Was er höchstens verbrauchen darf</translation>
    </message>
    <message>
        <source>more than it may take</source>
        <translation>mehr, als er verbrauchen darf</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Search the settings…</source>
        <translation>Einstellungen durchsuchen…</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Keine Einstellung enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Settings: %1</source>
        <translation>Einstellungen: %1</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SettingsSession</name>
    <message numerus="yes">
        <source>Works: %Ln model(s)</source>
        <translation>
            <numerusform>Funktioniert: %Ln Modell</numerusform>
            <numerusform>Funktioniert: %Ln Modelle</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::ShortcutDelegate</name>
    <message>
        <source>Press the keys for: %1</source>
        <translation>Drücken Sie die Tasten für: %1</translation>
    </message>
    <message>
        <source>Press keys, Esc to leave</source>
        <translation>Tasten drücken, Esc bricht ab</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search the shortcuts</source>
        <translation>Tastenkürzel durchsuchen</translation>
    </message>
    <message>
        <source>Search: what it does, or its keys</source>
        <translation>Suchen: Funktion oder Tasten</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n shortcut(s) were reset.</source>
        <translation>
            <numerusform>%n Tastenkürzel wurde zurückgesetzt.</numerusform>
            <numerusform>%n Tastenkürzel wurden zurückgesetzt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>%1 already means “%2” in %3.</source>
        <translation>%1 bedeutet in %3 schon „%2“.</translation>
    </message>
    <message>
        <source>Use it for “%1”</source>
        <translation>Für „%1“ verwenden</translation>
    </message>
    <message>
        <source>no keys</source>
        <translation>keine Tasten</translation>
    </message>
    <message>
        <source>%1 alone is a letter to be typed; add Ctrl or Alt.</source>
        <translation>%1 allein ist ein Buchstabe zum Tippen; nehmen Sie Strg oder Alt dazu.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SourceChips</name>
    <message>
        <source>All %L1…</source>
        <translation>Alle %L1 …</translation>
    </message>
    <message>
        <source>Show one of all documents</source>
        <translation>Eines von allen Dokumenten zeigen</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>Dokumente hinzufügen</translation>
    </message>
    <message>
        <source>Summarize each</source>
        <translation>Jeden zusammenfassen</translation>
    </message>
    <message>
        <source>One summary of each of these texts</source>
        <translation>Je eine Zusammenfassung jedes dieser Texte</translation>
    </message>
    <message>
        <source>Summarize together</source>
        <translation>Gemeinsam zusammenfassen</translation>
    </message>
    <message>
        <source>One summary of all these texts</source>
        <translation>Eine Zusammenfassung aller dieser Texte</translation>
    </message>
    <message>
        <source>Your text</source>
        <translation>Ihr Text</translation>
    </message>
    <message>
        <source>%1 · reading…</source>
        <translation>%1 · wird gelesen…</translation>
    </message>
    <message>
        <source>%1 · not read</source>
        <translation>%1 · nicht gelesen</translation>
    </message>
    <message>
        <source>%1 · being summarized…</source>
        <translation>%1 · wird zusammengefasst …</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %Ln page(s)</source>
        <translation>
            <numerusform>%1 · %Ln Seite</numerusform>
            <numerusform>%1 · %Ln Seiten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::SourceForm</name>
    <message>
        <source>Drop a folder, files, or a table (CSV, JSONL) here.</source>
        <translation>Legen Sie hier einen Ordner, Dateien oder eine Tabelle (CSV, JSONL) ab.</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner auswählen…</translation>
    </message>
    <message>
        <source>Choose files or a table…</source>
        <translation>Dateien oder eine Tabelle wählen…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Which files of the folder</source>
        <translation>Welche Dateien des Ordners</translation>
    </message>
    <message>
        <source>all files; or *.pdf *.docx, and !drafts/ for what to leave out</source>
        <translation>alle Dateien; oder *.pdf *.docx, und !drafts/ für das, was wegbleiben soll</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Folder with the items</source>
        <translation>Ordner mit den Einträgen</translation>
    </message>
    <message>
        <source>Files, or one table</source>
        <translation>Dateien oder eine Tabelle</translation>
    </message>
    <message>
        <source>The results of a former run</source>
        <translation>Die Ergebnisse eines früheren Laufs</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files and folders</source>
        <translation>
            <numerusform>%Ln Datei oder Ordner</numerusform>
            <numerusform>%Ln Dateien und Ordner</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::SourcePane</name>
    <message>
        <source>Text to summarize</source>
        <translation>Text zum Zusammenfassen</translation>
    </message>
    <message>
        <source>Type or paste a text, or drop a file here.</source>
        <translation>Geben Sie einen Text ein, fügen Sie ihn ein oder legen Sie hier eine Datei ab.</translation>
    </message>
    <message>
        <source>Try it with a sample</source>
        <translation>Mit einem Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Eingefügter Text</translation>
    </message>
    <message>
        <source>Address of a page</source>
        <translation>Adresse einer Seite</translation>
    </message>
    <message>
        <source>https://…</source>
        <translation>https://…</translation>
    </message>
    <message>
        <source>Get the page</source>
        <translation>Seite abrufen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Password of the document</source>
        <translation>Passwort des Dokuments</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>This is not the address of a page. It begins with https:// or http://.</source>
        <translation>Das ist keine Adresse einer Seite. Eine solche beginnt mit https:// oder http://.</translation>
    </message>
    <message>
        <source>Open documents to summarize</source>
        <translation>Dokumente zum Zusammenfassen öffnen</translation>
    </message>
    <message>
        <source>Documents (%1)</source>
        <translation>Dokumente (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sentence(s) quoted</source>
        <translation>
            <numerusform>%Ln Satz zitiert</numerusform>
            <numerusform>%Ln Sätze zitiert</numerusform>
        </translation>
    </message>
    <message>
        <source>Removed: %1</source>
        <translation>Entfernt: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SourceShelf</name>
    <message>
        <source>This page was open last time. It is fetched again only when you say so.</source>
        <translation>Diese Seite war zuletzt geöffnet. Sie wird erst wieder abgerufen, wenn Sie es veranlassen.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::StartPage</name>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Five ways to use a language model</source>
        <translation>Fünf Wege, ein Sprachmodell zu nutzen</translation>
    </message>
    <message>
        <source>Start simple: each has its price, and most tasks need only the first.</source>
        <translation>Einfach anfangen: Jeder hat seinen Preis, und die meisten Aufgaben brauchen nur den ersten.</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Complexity</source>
        <translation>Komplexität</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Antwortzeit</translation>
    </message>
    <message>
        <source>Use it for</source>
        <translation>Geeignet für</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Next best: %1. %2</source>
        <translation>Zweitbeste Wahl: %1. %2</translation>
    </message>
    <message>
        <source>Say what you want, paste a text, or drop files, a folder, a link or a picture</source>
        <translation>Sagen Sie, was Sie möchten, fügen Sie einen Text ein, oder legen Sie Dateien, einen Ordner, einen Link oder ein Bild ab</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>See which tab fits</source>
        <translation>Passenden Tab finden</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu „%1“ wechseln</translation>
    </message>
    <message>
        <source>%1 instead</source>
        <translation>Stattdessen „%1“</translation>
    </message>
</context>
<context>
    <name>quintet::ui::StatusLine</name>
    <message>
        <source>No requests today</source>
        <translation>Heute keine Anfragen</translation>
    </message>
    <message>
        <source>Today 1 request</source>
        <translation>Heute 1 Anfrage</translation>
    </message>
    <message>
        <source>Today %1 requests</source>
        <translation>Heute %1 Anfragen</translation>
    </message>
    <message>
        <source>%1 and unknown</source>
        <translation>%1 und unbekannte Kosten</translation>
    </message>
    <message>
        <source>%1 % from cache</source>
        <translation>%1&#xa0;% aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Usage (Ctrl+U)</source>
        <translation>Verbrauch (Strg+U)</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>Verbrauch: %1</translation>
    </message>
</context>
<context>
    <name>quintet::ui::StepView</name>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>Denkt nach…</translation>
    </message>
    <message>
        <source>The model was told: %1</source>
        <translation>Dem Modell wurde gesagt: %1</translation>
    </message>
    <message>
        <source>Go on anew from here, with the model chosen above</source>
        <translation>Von hier neu fortfahren, mit dem oben gewählten Modell</translation>
    </message>
</context>
<context>
    <name>quintet::ui::StepsView</name>
    <message>
        <source>Show earlier steps</source>
        <translation>Frühere Schritte anzeigen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>What is to be done</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Sie: %1</translation>
    </message>
</context>
<context>
    <name>quintet::ui::Style</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SummarizeSession</name>
    <message>
        <source>Built-in</source>
        <translation>Eingebaut</translation>
    </message>
    <message numerus="yes">
        <source>%Ln text(s) together</source>
        <translation>
            <numerusform>%Ln Text zusammen</numerusform>
            <numerusform>%Ln Texte zusammen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, incomplete</source>
        <translation>%1, unvollständig</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SummarizeTab</name>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>One text in, one answer out</source>
        <translation>Ein Text hinein, eine Antwort heraus</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>From a link</source>
        <translation>Aus Link</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Eingefügter Text</translation>
    </message>
    <message>
        <source>Summarize the text</source>
        <translation>Text zusammenfassen</translation>
    </message>
    <message>
        <source>Summarize all texts together</source>
        <translation>Alle Texte gemeinsam zusammenfassen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Open documents…</source>
        <translation>Dokumente öffnen…</translation>
    </message>
    <message>
        <source>Paste a text</source>
        <translation>Text einfügen</translation>
    </message>
    <message>
        <source>Get a page from a link</source>
        <translation>Seite aus einem Link abrufen</translation>
    </message>
    <message>
        <source>Summaries that were made</source>
        <translation>Bisherige Zusammenfassungen</translation>
    </message>
    <message>
        <source>Copy the summary</source>
        <translation>Zusammenfassung kopieren</translation>
    </message>
    <message>
        <source>Save the summary…</source>
        <translation>Zusammenfassung speichern…</translation>
    </message>
    <message>
        <source>Carry the text and its summary into a chat</source>
        <translation>Text und Zusammenfassung in einen Chat übernehmen</translation>
    </message>
    <message>
        <source>Summarize this</source>
        <translation>Dies zusammenfassen</translation>
    </message>
    <message>
        <source>Your text before</source>
        <translation>Ihr voriger Text</translation>
    </message>
    <message>
        <source>Summarize each text</source>
        <translation>Jeden Text zusammenfassen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SummaryHistory</name>
    <message>
        <source>Summaries</source>
        <translation>Zusammenfassungen</translation>
    </message>
    <message>
        <source>Search the summaries</source>
        <translation>Zusammenfassungen durchsuchen</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Open the source</source>
        <translation>Quelle öffnen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Summaries that you make will stand here.</source>
        <translation>Ihre Zusammenfassungen erscheinen hier.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Removed: %1</source>
        <translation>Entfernt: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SummaryPane</name>
    <message>
        <source>The summary appears here.</source>
        <translation>Die Zusammenfassung erscheint hier.</translation>
    </message>
    <message>
        <source>Read %1 of %2 sections</source>
        <translation>%1 von %2 Abschnitten gelesen</translation>
    </message>
    <message>
        <source>The built-in engine quotes the key sentences. For a summary in new words, connect a model.</source>
        <translation>Die eingebaute Engine zitiert die Kernsätze. Für eine Zusammenfassung in neuen Worten verbinden Sie ein Modell.</translation>
    </message>
    <message>
        <source>Connect a model…</source>
        <translation>Modell verbinden…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the summary</source>
        <translation>Zusammenfassung kopieren</translation>
    </message>
    <message>
        <source>Copy the summary as…</source>
        <translation>Zusammenfassung kopieren als…</translation>
    </message>
    <message>
        <source>To chat</source>
        <translation>In den Chat</translation>
    </message>
    <message>
        <source>Ask about this text in a conversation</source>
        <translation>In einer Unterhaltung Fragen zu diesem Text stellen</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Save the summary</source>
        <translation>Zusammenfassung speichern</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>Incomplete · %1</source>
        <translation>Unvollständig · %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>Als Markdown</translation>
    </message>
    <message>
        <source>As rich text</source>
        <translation>Als formatierter Text</translation>
    </message>
    <message>
        <source>As plain text</source>
        <translation>Als reiner Text</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>Plain text (*.txt)</source>
        <translation>Reiner Text (*.txt)</translation>
    </message>
    <message>
        <source>The summary could not be saved: %1</source>
        <translation>Die Zusammenfassung konnte nicht gespeichert werden: %1</translation>
    </message>
    <message numerus="yes">
        <source>Found on this computer: %1 with %Ln model(s)</source>
        <translation>
            <numerusform>Auf diesem Computer gefunden: %1 mit %Ln Modell</numerusform>
            <numerusform>Auf diesem Computer gefunden: %1 mit %Ln Modellen</numerusform>
        </translation>
    </message>
    <message>
        <source>Click to copy, or drag the summary to where it is wanted</source>
        <translation>Klicken, um zu kopieren, oder die Zusammenfassung dorthin ziehen, wo sie gebraucht wird</translation>
    </message>
</context>
<context>
    <name>quintet::ui::SummaryView</name>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Show it in the text</source>
        <translation>Im Text anzeigen</translation>
    </message>
</context>
<context>
    <name>quintet::ui::TabDefaults</name>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Endpoint that %1 asks</source>
        <translation>Endpunkt, den %1 fragt</translation>
    </message>
    <message>
        <source>What each tab asks, if not the endpoint in use:</source>
        <translation>Was jeder Bereich fragt, wenn nicht den benutzten Endpunkt:</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Verwendung</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>Eingebaut</translation>
    </message>
</context>
<context>
    <name>quintet::ui::TaskForm</name>
    <message>
        <source>What to do with each item</source>
        <translation>Was mit jedem Eintrag geschehen soll</translation>
    </message>
    <message>
        <source>A prompt of my own</source>
        <translation>Ein eigener Prompt</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Extract fields to a table</source>
        <translation>Felder in eine Tabelle auslesen</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>Klassifizieren</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>Übersetzen</translation>
    </message>
    <message>
        <source>Rewrite</source>
        <translation>Umschreiben</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Labels, parted by commas: praise, complaint, question</source>
        <translation>Labels, durch Kommas getrennt: Lob, Beschwerde, Frage</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language, such as French</source>
        <translation>Sprache, etwa Französisch</translation>
    </message>
    <message>
        <source>Fields of the answer</source>
        <translation>Felder der Antwort</translation>
    </message>
    <message>
        <source>Fields: name, age int, tags list, or a JSON schema file</source>
        <translation>Felder: name, age int, tags list, oder eine JSON-Schema-Datei</translation>
    </message>
    <message>
        <source>What to do with each</source>
        <translation>Was mit jedem geschehen soll</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Insert the variable %1</source>
        <translation>Variable %1 einfügen</translation>
    </message>
    <message>
        <source>How: in plain words, half as long, as a letter …</source>
        <translation>Wie: in einfachen Worten, halb so lang, als Brief …</translation>
    </message>
    <message>
        <source>For example: Which deadlines does this name, and for whom?</source>
        <translation>Zum Beispiel: Welche Fristen werden hier genannt, und für wen?</translation>
    </message>
</context>
<context>
    <name>quintet::ui::TaskPane</name>
    <message>
        <source>Plan afresh…</source>
        <translation>Neu planen…</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Give the task to a model</source>
        <translation>Die Aufgabe einem Modell geben</translation>
    </message>
    <message>
        <source>Make these calls on today&apos;s data, without a model</source>
        <translation>Diese Aufrufe mit den heutigen Daten ausführen, ohne Modell</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ThroughputChart</name>
    <message>
        <source>Items a minute over time</source>
        <translation>Einträge pro Minute im Zeitverlauf</translation>
    </message>
    <message>
        <source>up to %1 a minute</source>
        <translation>bis zu %1 pro Minute</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ToolDialog</name>
    <message>
        <source>Call</source>
        <translation>Aufrufen</translation>
    </message>
    <message>
        <source>Call a tool by hand</source>
        <translation>Ein Werkzeug von Hand aufrufen</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>Arguments as JSON</source>
        <translation>Argumente als JSON</translation>
    </message>
    <message>
        <source>The arguments are no JSON object: %1.</source>
        <translation>Die Argumente sind kein JSON-Objekt: %1.</translation>
    </message>
    <message>
        <source>This changes something. Call it?</source>
        <translation>Das ändert etwas. Trotzdem aufrufen?</translation>
    </message>
    <message>
        <source>This sends words of yours to others. Call it?</source>
        <translation>Das sendet Text von Ihnen an andere. Trotzdem aufrufen?</translation>
    </message>
</context>
<context>
    <name>quintet::ui::ToolSettingsSession</name>
    <message numerus="yes">
        <source>%Ln table(s)</source>
        <translation>
            <numerusform>%Ln Tabelle</numerusform>
            <numerusform>%Ln Tabellen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::Transcript</name>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>The answer is complete</source>
        <translation>Die Antwort ist vollständig</translation>
    </message>
    <message>
        <source>Opens %1
%2</source>
        <translation>Öffnet %1
%2</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>Linkadresse kopieren</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Nachricht kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Find …</source>
        <translation>Suchen …</translation>
    </message>
</context>
<context>
    <name>quintet::ui::TrayIcon</name>
    <message>
        <source>Open Quintet</source>
        <translation>Quintet öffnen</translation>
    </message>
    <message>
        <source>Quick answer…</source>
        <translation>Schnellantwort…</translation>
    </message>
    <message>
        <source>Pause the batch run</source>
        <translation>Stapellauf pausieren</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>quintet::ui::UnpricedQuestions</name>
    <message>
        <source>A model without a price</source>
        <translation>Ein Modell ohne Preis</translation>
    </message>
    <message>
        <source>The price of %1 is not known, so your budget cannot be kept while it is asked.</source>
        <translation>Der Preis von %1 ist nicht bekannt, daher lässt sich Ihr Budget nicht einhalten, während es gefragt wird.</translation>
    </message>
    <message>
        <source>Enter its price, or let it be asked without one: what it costs is then not counted.</source>
        <translation>Geben Sie den Preis ein, oder lassen Sie es ohne fragen: was es kostet, wird dann nicht gezählt.</translation>
    </message>
    <message>
        <source>Ask it without a price</source>
        <translation>Ohne Preis fragen</translation>
    </message>
    <message>
        <source>Enter its price…</source>
        <translation>Preis eingeben…</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>Nicht senden</translation>
    </message>
</context>
<context>
    <name>quintet::ui::UsagePage</name>
    <message>
        <source>Usage</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Report or planner</source>
        <translation>Bericht oder Planer</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Planner</source>
        <translation>Planer</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Days are those of this computer&apos;s calendar, today among them.</source>
        <translation>Tage nach dem Kalender dieses Computers, heute eingeschlossen.</translation>
    </message>
    <message>
        <source>Go to the start page</source>
        <translation>Zur Startseite wechseln</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>Gespeichert unter %1.</translation>
    </message>
    <message>
        <source>No model was asked yet. Each request of each tab is counted here: what it took, what it cost, and what the cache saved.</source>
        <translation>Es wurde noch kein Modell gefragt. Hier wird jede Anfrage jedes Tabs gezählt: was sie brauchte, was sie kostete und was der Zwischenspeicher gespart hat.</translation>
    </message>
    <message>
        <source>No model was asked in this period. Choose a longer one, or ask one: each request of each tab is counted here.</source>
        <translation>In diesem Zeitraum wurde kein Modell gefragt. Wählen Sie einen längeren, oder fragen Sie eines: Hier wird jede Anfrage jedes Tabs gezählt.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::UsageSession</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>quintet::ui::WebSearchCard</name>
    <message>
        <source>Service that searches the web</source>
        <translation>Dienst, der im Web sucht</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Address of the search service</source>
        <translation>Adresse des Suchdienstes</translation>
    </message>
    <message>
        <source>Key of the search service</source>
        <translation>Schlüssel des Suchdienstes</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Agents cannot search the web. With a service of yours, they ask before each search unless you allow it.</source>
        <translation>Agenten können nicht im Web suchen. Mit einem Dienst Ihrer Wahl fragen sie vor jeder Suche, sofern Sie sie nicht schon erlaubt haben.</translation>
    </message>
    <message>
        <source>The service needs a key.</source>
        <translation>Der Dienst braucht einen Schlüssel.</translation>
    </message>
    <message>
        <source>Agents may search the web when you allow it; what they look for goes to this service.</source>
        <translation>Agenten dürfen im Web suchen, wenn Sie es erlauben; was sie suchen, geht an diesen Dienst.</translation>
    </message>
    <message>
        <source>The key that is kept</source>
        <translation>Der hinterlegte Schlüssel</translation>
    </message>
    <message>
        <source>Key, if it needs one</source>
        <translation>Schlüssel, falls nötig</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
</context>
<context>
    <name>quintet::ui::WishBar</name>
    <message>
        <source>What is to be made of the text, in your own words</source>
        <translation>Was aus dem Text werden soll, in eigenen Worten</translation>
    </message>
    <message>
        <source>For example: explain it to a new member, and name the three largest risks</source>
        <translation>Zum Beispiel: einem neuen Mitglied erklären und die drei größten Risiken nennen</translation>
    </message>
    <message>
        <source>Kind of summary</source>
        <translation>Art der Zusammenfassung</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Bullets</source>
        <translation>Stichpunkte</translation>
    </message>
    <message>
        <source>Detailed</source>
        <translation>Ausführlich</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Own words…</source>
        <translation>Eigene Worte…</translation>
    </message>
    <message>
        <source>Length in words</source>
        <translation>Länge in Wörtern</translation>
    </message>
    <message>
        <source> words</source>
        <translation> Wörter</translation>
    </message>
    <message>
        <source>Language of the summary</source>
        <translation>Sprache der Zusammenfassung</translation>
    </message>
    <message>
        <source>the text&apos;s language</source>
        <translation>der Sprache des Textes</translation>
    </message>
    <message>
        <source>about</source>
        <comment>before a number of words</comment>
        <translation>etwa</translation>
    </message>
    <message>
        <source>in</source>
        <comment>before a language</comment>
        <translation>in</translation>
    </message>
    <message>
        <source>Summarize</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>This needs a model; the built-in engine quotes sentences as they are.</source>
        <translation>Dafür ist ein Modell nötig; die eingebaute Engine zitiert Sätze unverändert.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Ctrl+↵</source>
        <translation>Strg+↵</translation>
    </message>
</context>
<context>
    <name>quintet::ui::WishBox</name>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Bild %1</translation>
    </message>
</context>
<context>
    <name>quintet::ui::WorkPane</name>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Call a tool by hand…</source>
        <translation>Werkzeug von Hand aufrufen…</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>MCP-Server</translation>
    </message>
    <message>
        <source>Always allowed…</source>
        <translation>Immer erlaubt…</translation>
    </message>
    <message>
        <source>Steps at most</source>
        <translation>Schritte höchstens</translation>
    </message>
    <message>
        <source> steps</source>
        <translation> Schritte</translation>
    </message>
    <message>
        <source>asks</source>
        <translation>fragt</translation>
    </message>
    <message>
        <source>MCP · %1</source>
        <translation>MCP · %1</translation>
    </message>
    <message>
        <source>Call by hand…</source>
        <translation>Von Hand aufrufen…</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message>
        <source>Ask again: %1, %2</source>
        <translation>Wieder fragen: %1, %2</translation>
    </message>
    <message>
        <source>What the servers said</source>
        <translation>Meldungen der Server</translation>
    </message>
    <message>
        <source>The last lines:</source>
        <translation>Die letzten Zeilen:</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine Auswahl</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner auswählen…</translation>
    </message>
    <message>
        <source>The folder that the agent may work in</source>
        <translation>Der Ordner, in dem der Agent arbeiten darf</translation>
    </message>
    <message>
        <source>Sample shop</source>
        <translation>Beispielladen</translation>
    </message>
    <message>
        <source>An SQLite file…</source>
        <translation>SQLite-Datei…</translation>
    </message>
    <message>
        <source>A database</source>
        <translation>Datenbank wählen</translation>
    </message>
    <message>
        <source>SQLite (*.sqlite *.sqlite3 *.db);;All files (*)</source>
        <translation>SQLite (*.sqlite *.sqlite3 *.db);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>An address…</source>
        <translation>Adresse…</translation>
    </message>
    <message>
        <source>A database server</source>
        <translation>Datenbankserver</translation>
    </message>
    <message>
        <source>Address, such as postgresql://user@host/name</source>
        <translation>Adresse, etwa postgresql://user@host/name</translation>
    </message>
    <message>
        <source>Names, with commas between them; none for all</source>
        <translation>Namen, durch Kommas getrennt; ohne Angabe alle</translation>
    </message>
    <message>
        <source>Choose an mcpServers file…</source>
        <translation>mcpServers-Datei wählen…</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>What the servers said…</source>
        <translation>Meldungen der Server…</translation>
    </message>
</context>
<context>
    <name>quintet::ui::figures</name>
    <message>
        <source>%1 + ?</source>
        <translation>%1 + ?</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>others</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>over %1 s</source>
        <translation>über %1 s</translation>
    </message>
    <message>
        <source>under %1 s</source>
        <translation>unter %1 s</translation>
    </message>
    <message>
        <source>%1 to %2 s</source>
        <translation>%1 bis %2 s</translation>
    </message>
    <message>
        <source>%1 bn</source>
        <translation>%1 Mrd.</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 Mio.</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 Tsd.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>%1 and unknown</source>
        <translation>%1 und unbekannte Kosten</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1&#xa0;s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1&#xa0;%</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>No run</source>
        <translation>Kein Lauf</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>Endpunkt</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>a day</source>
        <translation>pro Tag</translation>
    </message>
    <message>
        <source>Requests a day, over the days since the first one in the period</source>
        <translation>Anfragen pro Tag, über die Tage seit der ersten im Zeitraum</translation>
    </message>
    <message>
        <source>Average time</source>
        <translation>Mittlere Zeit</translation>
    </message>
    <message>
        <source>Of answers that a model gave, from question to end</source>
        <translation>Bei Antworten eines Modells, von der Frage bis zum Ende</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Half of the answers took no longer</source>
        <translation>Die Hälfte der Antworten dauerte nicht länger</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95&#xa0;%</translation>
    </message>
    <message>
        <source>Of twenty answers, nineteen took no longer</source>
        <translation>Von zwanzig Antworten dauerten neunzehn nicht länger</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Erstes Token</translation>
    </message>
    <message>
        <source>Half of the answers began no later</source>
        <translation>Die Hälfte der Antworten begann nicht später</translation>
    </message>
    <message>
        <source>Of twenty answers, nineteen began no later</source>
        <translation>Von zwanzig Antworten begannen neunzehn nicht später</translation>
    </message>
    <message>
        <source>Cost a day</source>
        <translation>Kosten pro Tag</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>a request</source>
        <translation>pro Anfrage</translation>
    </message>
    <message>
        <source>Of requests whose price is known, cached ones among them</source>
        <translation>Bei Anfragen mit bekanntem Preis, die aus dem Zwischenspeicher eingeschlossen</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Eingabe-Token</translation>
    </message>
    <message>
        <source>out</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Cached</source>
        <translation>Aus Cache</translation>
    </message>
    <message>
        <source>Share of requests that the cache answered</source>
        <translation>Anteil der Anfragen, die der Zwischenspeicher beantwortet hat</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespart</translation>
    </message>
    <message>
        <source>What these would have cost</source>
        <translation>Was diese gekostet hätten</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>more</source>
        <translation>mehr</translation>
    </message>
    <message>
        <source>Whole answer</source>
        <translation>Ganze Antwort</translation>
    </message>
    <message>
        <source>%1: median %2, 95 % within %3</source>
        <translation>%1: Median %2, 95&#xa0;% binnen %3</translation>
    </message>
    <message>
        <source>%1: none</source>
        <translation>%1: nichts gemessen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Answers that began in that time</source>
        <translation>Antworten, die in dieser Zeit begannen</translation>
    </message>
    <message>
        <source>Answers that took that time</source>
        <translation>Antworten, die so lange dauerten</translation>
    </message>
    <message>
        <source>From the cache</source>
        <translation>Aus dem Zwischenspeicher</translation>
    </message>
    <message>
        <source>%1 of requests, %2 saved (%3 of what all would have cost)</source>
        <translation>%1 der Anfragen, %2 gespart (%3 dessen, was alle gekostet hätten)</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
</context>
<context>
    <name>quintet::usage</name>
    <message>
        <source>today&apos;s budget</source>
        <translation>das heutige Budget</translation>
    </message>
    <message>
        <source>this month&apos;s budget</source>
        <translation>das Budget dieses Monats</translation>
    </message>
    <message>
        <source>the budget of this request</source>
        <translation>das Budget dieser Anfrage</translation>
    </message>
    <message>
        <source>the budget of this run</source>
        <translation>das Budget dieses Laufs</translation>
    </message>
    <message>
        <source>This request would take at least %1, which is over %2 of %3. Nothing was sent.</source>
        <translation>Diese Anfrage würde mindestens %1 brauchen und damit %2 von %3 überschreiten. Es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1 is used up.</source>
        <translation>%1 ist aufgebraucht.</translation>
    </message>
    <message>
        <source>%1 % of %2 is used.</source>
        <translation>Zu %1&#xa0;% ist %2 verbraucht.</translation>
    </message>
    <message>
        <source>This request would take at least %1, and %2 is as good as used up. Nothing was sent. Raise it to go on.</source>
        <translation>Diese Anfrage würde mindestens %1 brauchen, und %2 ist so gut wie aufgebraucht. Nichts wurde gesendet. Erhöhen Sie es, um fortzufahren.</translation>
    </message>
    <message>
        <source>This request would take at least %1, and %2 is as good as used up. Nothing was sent. Raise it in Settings, or wait.</source>
        <translation>Diese Anfrage würde mindestens %1 brauchen, und %2 ist so gut wie aufgebraucht. Nichts wurde gesendet. Erhöhen Sie es in den Einstellungen, oder warten Sie.</translation>
    </message>
    <message>
        <source>The price of %1 is not known, so a budget cannot be kept. Enter its price or allow it without one in Settings, or ask without a budget.</source>
        <translation>Der Preis von %1 ist nicht bekannt, daher lässt sich kein Budget einhalten. Geben Sie in den Einstellungen den Preis an oder erlauben Sie das Modell ohne Preis, oder fragen Sie ohne Budget.</translation>
    </message>
    <message>
        <source>Requests under way hold what is left of the budget.</source>
        <translation>Laufende Anfragen halten, was vom Budget übrig ist.</translation>
    </message>
</context>
<context>
    <name>store</name>
    <message>
        <source>The system&apos;s keychain refused: %1</source>
        <translation>Der Schlüsselbund des Systems hat abgelehnt: %1</translation>
    </message>
</context>
<context>
    <name>text</name>
    <message>
        <source>This is no JSON schema that can be checked: %1</source>
        <translation>Das ist kein JSON-Schema, das sich prüfen lässt: %1</translation>
    </message>
</context>
<context>
    <name>usage</name>
    <message>
        <source>The file of your prices, %1, is not understood, and was left as it is. Mend it or move it away, then try again.</source>
        <translation>Die Datei Ihrer Preise, %1, ist nicht lesbar und wurde nicht verändert. Berichtigen oder verschieben Sie sie, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>The prices could not be kept in %1: %2</source>
        <translation>Die Preise konnten nicht in %1 gespeichert werden: %2</translation>
    </message>
</context>
</TS>
