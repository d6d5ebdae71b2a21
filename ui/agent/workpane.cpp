// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/agent/workpane.h"

#include "ui/agent/place/badge.h"
#include "ui/agent/place/budgetbar.h"
#include "ui/agent/place/fieldbutton.h"
#include "ui/agent/place/placefacts.h"
#include "ui/agent/place/toggle.h"
#include "ui/agent/place/toolgroups.h"
#include "ui/agent/tooldialog.h"
#include "ui/models/limitfields.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QScrollArea>
#include <QSpinBox>

#include <algorithm>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

QLabel *makeCaption(const QString &text)
{
    QLabel *caption = makeLabel(text.toUpper(), TextStyle::Rail, Tone::Second);
    QFont font = caption->font();
    font.setWeight(QFont::DemiBold);
    caption->setFont(font);
    return caption;
}

} // namespace

WorkPane::WorkPane(AgentSession &session) : m_session(session), m_bar(new BudgetBar)
{
    setObjectName(u"workPane"_s);
    QBoxLayout *column = makeColumn(6);
    column->setContentsMargins(20, 16, 20, 16);
    column->addWidget(makeCaption(tr("Budget")));
    column->addWidget(makeBudget());
    column->addSpacing(12);
    column->addWidget(makeCaption(tr("Tools")));
    m_tools = makeColumn(6);
    column->addLayout(m_tools);
    auto *byHand = new Button(u"callByHand"_s, tr("Call a tool by hand…"), Button::Quiet, Button::Small);
    connect(byHand, &Button::clicked, this, [this] { callByHand({}); });
    column->addWidget(byHand, 0, Qt::AlignLeft);
    m_problem = makeLabel({}, TextStyle::Facts, Tone::Bad);
    m_problem->setObjectName(u"toolsProblem"_s);
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    m_folder = addField(column, u"folderField"_s, tr("Folder"));
    m_database = addField(column, u"databaseField"_s, tr("Database"));
    m_collections = addField(column, u"collectionsField"_s, tr("Collections"));
    m_servers = addField(column, u"serversField"_s, tr("MCP servers"));
    m_rules = new Button(u"standingRules"_s, tr("Always allowed…"), Button::Quiet, Button::Small);
    connect(m_rules, &Button::clicked, this, &WorkPane::openRules);
    column->addSpacing(10);
    column->addWidget(m_rules, 0, Qt::AlignLeft);
    column->addStretch(1);
    auto *content = new QWidget;
    content->setLayout(column);
    content->setBackgroundRole(QPalette::Window);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    QBoxLayout *whole = makeColumn(0);
    whole->addWidget(scroll);
    setLayout(whole);
    connect(m_folder, &FieldButton::clicked, this, &WorkPane::chooseFolder);
    connect(m_database, &FieldButton::clicked, this, &WorkPane::openDatabaseMenu);
    connect(m_collections, &FieldButton::clicked, this, &WorkPane::chooseCollections);
    connect(m_servers, &FieldButton::clicked, this, &WorkPane::chooseServers);
    connect(&m_session, &AgentSession::shownChanged, this, &WorkPane::showAll);
    connect(&m_session, &AgentSession::runChanged, this, &WorkPane::showBudget);
    connect(&m_session, &AgentSession::draftChanged, this, &WorkPane::showAll);
    connect(&m_session, &AgentSession::toolsChanged, this, &WorkPane::showTools);
    connect(&m_session, &AgentSession::listsChanged, this, &WorkPane::showRules);
    showAll();
    showRules();
}

QWidget *WorkPane::makeBudget()
{
    m_spent = makeLabel({}, TextStyle::Small, Tone::Second);
    m_spent->setObjectName(u"budgetFacts"_s);
    m_steps = new QSpinBox;
    m_steps->setObjectName(u"stepLimit"_s);
    m_steps->setAccessibleName(tr("Steps at most"));
    m_steps->setRange(1, 1000);
    m_steps->setSuffix(tr(" steps"));
    m_budget = new LimitFields(Qt::Vertical);
    QBoxLayout *limits = makeColumn(8);
    limits->addWidget(m_steps);
    limits->addWidget(m_budget);
    m_limits = new QWidget;
    m_limits->setLayout(limits);
    const auto setLimits = [this] {
        agent::Limits limits = m_session.draft().limits;
        limits.steps = m_steps->value();
        limits.budget = m_budget->limit();
        if (limits != m_session.draft().limits)
            m_session.setLimits(limits);
    };
    connect(m_steps, &QSpinBox::valueChanged, this, setLimits);
    connect(m_budget, &LimitFields::changed, this, setLimits);
    QBoxLayout *column = makeColumn(8);
    column->addWidget(m_bar);
    column->addWidget(m_spent);
    column->addWidget(m_limits);
    auto *box = new QWidget;
    box->setLayout(column);
    return box;
}

FieldButton *WorkPane::addField(QBoxLayout *column, const QString &name, const QString &caption)
{
    auto *field = new FieldButton(name, caption);
    column->addSpacing(10);
    column->addWidget(makeCaption(caption));
    column->addWidget(field);
    return field;
}

void WorkPane::showAll()
{
    showBudget();
    showTools();
    showFields();
}

void WorkPane::showBudget()
{
    const agent::AgentRun *run = m_session.run();
    m_bar->setVisible(run && !run->spec().isReplay());
    m_spent->setVisible(run);
    m_limits->setVisible(!run);
    if (run) {
        m_bar->setShare(shareUsed(*run));
        m_spent->setText(spentBy(*run));
        return;
    }
    const agent::Limits &limits = m_session.draft().limits;
    const QSignalBlocker steps(m_steps);
    m_steps->setValue(limits.steps);
    m_budget->setLimit(limits.budget);
}

void WorkPane::showTools()
{
    const std::vector<ToolGroup> groups = toolGroupsOf(m_session.tools());
    const agent::AgentRun *run = m_session.run();
    const QStringList chosen = run ? run->spec().workplace.tools : m_session.draft().workplace.tools;
    const bool isSame = std::ranges::equal(
        groups, m_switches, [](const ToolGroup &group, const Switch &other) { return group.tools == other.names; });
    if (!isSame) {
        for (const Switch &each : m_switches)
            delete each.row;
        m_switches.clear();
        for (const ToolGroup &group : groups) {
            auto *toggle = new Toggle(u"tools-%1"_s.arg(group.name), group.title);
            connect(toggle, &Toggle::clicked, this, &WorkPane::switchGroups);
            toggle->setContextMenuPolicy(Qt::CustomContextMenu);
            connect(toggle, &Toggle::customContextMenuRequested, this,
                    [this, toggle, names = group.tools](const QPoint &at) {
                        openToolMenu(toggle->mapToGlobal(at), names);
                    });
            QBoxLayout *row = makeRow();
            row->addWidget(toggle);
            if (group.asks)
                row->addWidget(new Badge(tr("asks"), Badge::Caution));
            if (group.isMcp)
                row->addWidget(new Badge(tr("MCP · %1").arg(group.tools.size()), Badge::Fact));
            row->addStretch(1);
            auto *line = new QWidget;
            line->setLayout(row);
            m_tools->addWidget(line);
            m_switches.push_back({toggle, group.tools, line});
        }
    }
    for (const Switch &each : m_switches) {
        const bool isOn = chosen.isEmpty() || std::ranges::any_of(each.names, [&chosen](const QString &name) {
                              return chosen.contains(name);
                          });
        each.toggle->setChecked(isOn);
        each.toggle->setEnabled(!run);
    }
    m_problem->setText(m_session.toolsProblem() ? m_session.toolsProblem()->message : QString());
    m_problem->setVisible(m_session.toolsProblem().has_value());
}

/// What is on now, each tool by itself.
QStringList WorkPane::toolsOn() const
{
    const QStringList &chosen = m_session.draft().workplace.tools;
    if (!chosen.isEmpty())
        return chosen;
    QStringList all;
    for (const Switch &each : m_switches)
        all << each.names;
    return all;
}

/// All on is kept as no choice, so that tools that are new join in; none would be a chat.
void WorkPane::setToolsOn(const QStringList &names)
{
    qsizetype count = 0;
    for (const Switch &each : m_switches)
        count += each.names.size();
    if (!names.isEmpty())
        change([&](agent::Workplace &workplace) { workplace.tools = names.size() == count ? QStringList() : names; });
    showTools();
}

void WorkPane::switchGroups()
{
    QStringList names = toolsOn();
    for (const Switch &each : m_switches) {
        const bool wasOn =
            std::ranges::any_of(each.names, [&names](const QString &name) { return names.contains(name); });
        if (wasOn && !each.toggle->isChecked())
            names.removeIf([&each](const QString &name) { return each.names.contains(name); });
        else if (!wasOn && each.toggle->isChecked())
            names << each.names;
    }
    setToolsOn(names);
}

/// The tools of a group one by one: on or off, or called by hand.
void WorkPane::openToolMenu(const QPoint &position, const QStringList &group)
{
    QMenu menu;
    const QStringList names = toolsOn();
    for (const QString &name : group) {
        QAction *action = menu.addAction(name, this, [this, name](bool isOn) {
            QStringList now = toolsOn();
            now.removeAll(name);
            if (isOn)
                now << name;
            setToolsOn(now);
        });
        action->setCheckable(true);
        action->setChecked(names.contains(name));
    }
    menu.addSeparator();
    menu.addAction(tr("Call by hand…"), this, [this, tool = group.value(0)] { callByHand(tool); });
    menu.exec(position);
}

void WorkPane::callByHand(const QString &tool)
{
    auto *dialog = new ToolDialog(m_session, tool, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void WorkPane::showRules()
{
    m_rules->setVisible(!m_session.lists().rules.empty());
}

/// What the user allowed for good; what is chosen asks again from now on.
void WorkPane::openRules()
{
    QMenu menu;
    menu.setObjectName(u"rulesMenu"_s);
    for (const agent::StandingRule &rule : m_session.lists().rules) {
        const QString place = rule.place.isEmpty() ? tr("everywhere") : shortPath(rule.place);
        menu.addAction(tr("Ask again: %1, %2").arg(rule.rule.tool, place), &m_session,
                       [this, rule] { m_session.removeRule(rule); });
    }
    menu.exec(m_rules->mapToGlobal(m_rules->rect().bottomLeft()));
}

void WorkPane::showLog()
{
    QMessageBox box(QMessageBox::NoIcon, tr("What the servers said"), tr("The last lines:"), QMessageBox::Close, this);
    box.setInformativeText(
        m_session.servers()->lines().mid(std::max<qsizetype>(0, m_session.servers()->lines().size() - 20)).join(u'\n'));
    box.setTextFormat(Qt::PlainText);
    box.setDetailedText(m_session.servers()->lines().join(u'\n'));
    box.exec();
}

void WorkPane::showFields()
{
    const agent::AgentRun *run = m_session.run();
    const agent::Workplace &place = run ? run->spec().workplace : m_session.draft().workplace;
    const auto show = [run](FieldButton *field, const QString &value, const QString &otherwise, const QString &tip) {
        field->setValue(value.isEmpty() ? otherwise : value, !value.isEmpty(), tip);
        field->setEnabled(!run);
    };
    const QString none = run ? tr("None") : tr("Choose…");
    show(m_folder, shortPath(place.folder), none, place.folder);
    show(m_database, databaseName(place.database), none, {});
    show(m_collections, place.collections.join(u", "_s), tr("All"), place.collections.join(u'\n'));
    show(m_servers, place.mcpFile.section(u'/', -1), none, place.mcpFile);
}

void WorkPane::change(const std::function<void(agent::Workplace &)> &change)
{
    agent::Workplace workplace = m_session.draft().workplace;
    change(workplace);
    m_session.setWorkplace(workplace);
}

void WorkPane::chooseFolder()
{
    QMenu menu;
    menu.addAction(tr("Choose a folder…"), this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("The folder that the agent may work in"));
        if (!folder.isEmpty())
            change([&](agent::Workplace &workplace) { workplace.folder = folder; });
    });
    QAction *none = menu.addAction(tr("None"), this,
                                   [this] { change([](agent::Workplace &workplace) { workplace.folder.clear(); }); });
    none->setEnabled(!m_session.draft().workplace.folder.isEmpty());
    menu.exec(m_folder->mapToGlobal(m_folder->rect().bottomLeft()));
}

void WorkPane::openDatabaseMenu()
{
    const auto set = [this](const QString &database) {
        change([&](agent::Workplace &workplace) { workplace.database = database; });
    };
    QMenu menu;
    menu.addAction(tr("Sample shop"), this, [set] { set(u"sample"_s); });
    menu.addAction(tr("An SQLite file…"), this, [this, set] {
        const QString path = QFileDialog::getOpenFileName(this, tr("A database"), {},
                                                          tr("SQLite (*.sqlite *.sqlite3 *.db);;All files (*)"));
        if (!path.isEmpty())
            set(path);
    });
    menu.addAction(tr("An address…"), this, [this, set] {
        const QString address =
            QInputDialog::getText(this, tr("A database server"), tr("Address, such as postgresql://user@host/name"));
        if (!address.trimmed().isEmpty())
            set(address.trimmed());
    });
    menu.addAction(tr("None"), this, [set] { set({}); });
    menu.exec(m_database->mapToGlobal(m_database->rect().bottomLeft()));
}

void WorkPane::chooseCollections()
{
    bool isGiven = false;
    const QString names =
        QInputDialog::getText(this, tr("Collections"), tr("Names, with commas between them; none for all"),
                              QLineEdit::Normal, m_session.draft().workplace.collections.join(u", "_s), &isGiven);
    if (!isGiven)
        return;
    QStringList chosen;
    for (const QString &name : names.split(u',', Qt::SkipEmptyParts))
        chosen << name.trimmed();
    change([&](agent::Workplace &workplace) { workplace.collections = chosen; });
}

void WorkPane::chooseServers()
{
    QMenu menu;
    menu.addAction(tr("Choose an mcpServers file…"), this, [this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("MCP servers"), {}, tr("JSON (*.json)"));
        if (!path.isEmpty())
            change([&](agent::Workplace &workplace) { workplace.mcpFile = path; });
    });
    QAction *none = menu.addAction(tr("None"), this,
                                   [this] { change([](agent::Workplace &workplace) { workplace.mcpFile.clear(); }); });
    none->setEnabled(!m_session.draft().workplace.mcpFile.isEmpty());
    if (m_session.servers() && !m_session.servers()->lines().isEmpty())
        menu.addAction(tr("What the servers said…"), this, &WorkPane::showLog);
    menu.exec(m_servers->mapToGlobal(m_servers->rect().bottomLeft()));
}

} // namespace quintet::ui
