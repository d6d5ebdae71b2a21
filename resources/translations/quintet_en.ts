<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>Usage</name>
    <message numerus="yes">
        <source>The price of %n request(s) is not known.</source>
        <translation>
            <numerusform>The price of %n request is not known.</numerusform>
            <numerusform>The price of %n requests is not known.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>knowledge</name>
    <message numerus="yes">
        <source>%n document(s) fit “%1”; say which with more of the path: %2.</source>
        <translation>
            <numerusform>%n document fit “%1”; say which with more of the path: %2.</numerusform>
            <numerusform>%n documents fit “%1”; say which with more of the path: %2.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::Background</name>
    <message numerus="yes">
        <source>%n agent(s) at work</source>
        <translation>
            <numerusform>%n agent at work</numerusform>
            <numerusform>%n agents at work</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::Program</name>
    <message numerus="yes">
        <source>%n batch run(s)</source>
        <translation>
            <numerusform>%n batch run</numerusform>
            <numerusform>%n batch runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln word</numerusform>
            <numerusform>%Ln words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passage(s) switched off</source>
        <translation>
            <numerusform>%n passage switched off</numerusform>
            <numerusform>%n passages switched off</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::AdviceSession</name>
    <message numerus="yes">
        <source>about %n second(s)</source>
        <translation>
            <numerusform>about %n second</numerusform>
            <numerusform>about %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::AgentList</name>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln call(s)</source>
        <translation>
            <numerusform>%Ln call</numerusform>
            <numerusform>%Ln calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::ApprovalCard</name>
    <message numerus="yes">
        <source>new, %Ln line(s)</source>
        <translation>
            <numerusform>new, %Ln line</numerusform>
            <numerusform>new, %Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::CacheCard</name>
    <message numerus="yes">
        <source>%Ln answer(s)</source>
        <translation>
            <numerusform>%Ln answer</numerusform>
            <numerusform>%Ln answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>given again %Ln time(s)</source>
        <translation>
            <numerusform>given again %Ln time</numerusform>
            <numerusform>given again %Ln times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::CollectionCard</name>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passage(s)</source>
        <translation>
            <numerusform>%Ln passage</numerusform>
            <numerusform>%Ln passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::ConversationModel</name>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::Given</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::GridTable</name>
    <message numerus="yes">
        <source>%Ln row(s) and more</source>
        <translation>
            <numerusform>%Ln row and more</numerusform>
            <numerusform>%Ln rows and more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::ItemPane</name>
    <message numerus="yes">
        <source>%Ln attempt(s)</source>
        <translation>
            <numerusform>%Ln attempt</numerusform>
            <numerusform>%Ln attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::ReportView</name>
    <message numerus="yes">
        <source>Without %Ln request(s) whose price is not known; prices are set in the settings.</source>
        <translation>
            <numerusform>Without %Ln request whose price is not known; prices are set in the settings.</numerusform>
            <numerusform>Without %Ln requests whose price is not known; prices are set in the settings.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::RunPane</name>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::SetUpView</name>
    <message numerus="yes">
        <source>%Ln item(s)</source>
        <translation>
            <numerusform>%Ln item</numerusform>
            <numerusform>%Ln items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::SettingsSession</name>
    <message numerus="yes">
        <source>Works: %Ln model(s)</source>
        <translation>
            <numerusform>Works: %Ln model</numerusform>
            <numerusform>Works: %Ln models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::ShortcutSheet</name>
    <message numerus="yes">
        <source>%n shortcut(s) were reset.</source>
        <translation>
            <numerusform>%n shortcut were reset.</numerusform>
            <numerusform>%n shortcuts were reset.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::SourceChips</name>
    <message numerus="yes">
        <source>%1 · %Ln page(s)</source>
        <translation>
            <numerusform>%1 · %Ln page</numerusform>
            <numerusform>%1 · %Ln pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::SourceForm</name>
    <message numerus="yes">
        <source>%Ln files and folders</source>
        <translation>
            <numerusform>%Ln files and folders</numerusform>
            <numerusform>%Ln files and folders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::SourcePane</name>
    <message numerus="yes">
        <source>%Ln sentence(s) quoted</source>
        <translation>
            <numerusform>%Ln sentence quoted</numerusform>
            <numerusform>%Ln sentences quoted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::SummarizeSession</name>
    <message numerus="yes">
        <source>%Ln text(s) together</source>
        <translation>
            <numerusform>%Ln text together</numerusform>
            <numerusform>%Ln texts together</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::SummaryPane</name>
    <message numerus="yes">
        <source>Found on this computer: %1 with %Ln model(s)</source>
        <translation>
            <numerusform>Found on this computer: %1 with %Ln model</numerusform>
            <numerusform>Found on this computer: %1 with %Ln models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>quintet::ui::ToolSettingsSession</name>
    <message numerus="yes">
        <source>%Ln table(s)</source>
        <translation>
            <numerusform>%Ln table</numerusform>
            <numerusform>%Ln tables</numerusform>
        </translation>
    </message>
</context>
</TS>
