// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/commands.h"

#include "ui/actions/fuzzymatch.h"
#include "ui/advice/hintstrip.h"
#include "ui/chat/chattab.h"
#include "ui/shell/startpage.h"
#include "ui/theme/icons.h"

#include <QSettings>

#include <algorithm>

namespace quintet {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t mostOfAKind = 5;

/// Places of one kind that are called as typed, the best first, added to `entries`.
class Places final {
public:
    Places(std::vector<ui::PaletteEntry> &entries, const QString &typed) : m_entries(entries), m_typed(typed) { }

    void consider(const QString &name, const std::function<void()> &go)
    {
        if (const auto score = name.isEmpty() ? std::nullopt : ui::fuzzyMatch(m_typed, name))
            m_found.push_back({*score, name, go});
    }

    void add(const QString &kind, const QString &iconName)
    {
        std::ranges::stable_sort(m_found, std::greater(), &Found::score);
        for (Found &found : m_found) {
            if (&found - m_found.data() >= qptrdiff(mostOfAKind))
                break;
            m_entries.push_back({.key = {},
                                 .title = found.name,
                                 .detail = {},
                                 .category = kind,
                                 .shortcut = {},
                                 .icon = ui::icon(iconName),
                                 .run = found.go});
        }
        m_found.clear();
    }

private:
    struct Found {
        int score = 0;
        QString name;
        std::function<void()> go;
    };

    std::vector<ui::PaletteEntry> &m_entries;
    QString m_typed;
    std::vector<Found> m_found;
};

} // namespace

Commands::Commands(ui::MainWindow &window, const ui::AdviceServices &advice, const Handovers::Sessions &sessions,
                   Handovers &handovers, const Paths &paths)
    : m_window(window),
      m_settingsFile(paths.settingsFile),
      m_sessions(sessions),
      m_startAdvice(advice),
      m_paletteAdvice(advice),
      m_shortcuts(&window, paths.settingsFile),
      m_palette(new ui::CommandPalette(&window, m_paletteAdvice, paths.settingsFile))
{
    QAction *open =
        window.addAction(u"palette"_s, tr("Find a command"), {Qt::CTRL | Qt::Key_K, Qt::CTRL | Qt::SHIFT | Qt::Key_P});
    open->setProperty("isPalette", true);
    connect(open, &QAction::triggered, m_palette, [this] { m_palette->open(); });
    connect(window.addAction(u"shortcuts"_s, tr("Keyboard shortcuts"), {Qt::CTRL | Qt::Key_Slash}), &QAction::triggered,
            this, &Commands::openSheet);
    m_palette->setPlaces([this](const QString &typed) { return placesFor(typed); });
    connect(m_palette, &ui::CommandPalette::actionChosen, &window, &ui::MainWindow::runAction);
    connect(m_palette, &ui::CommandPalette::wishChosen, &handovers, &Handovers::carry);
    joinHints();
    window.start().setAdvice(&m_startAdvice);
    connect(&window.start(), &ui::StartPage::wishChosen, &handovers, &Handovers::carry);
}

Commands::~Commands()
{
    delete m_palette;
    delete m_sheet;
}

void Commands::setEndpoint(const llm::Endpoint &endpoint)
{
    m_startAdvice.setEndpoint(endpoint);
    m_paletteAdvice.setEndpoint(endpoint);
}

std::vector<ui::PaletteEntry> Commands::placesFor(const QString &typed) const
{
    std::vector<ui::PaletteEntry> entries;
    Places places(entries, typed);
    if (const auto *tab = m_window.findChild<ui::ChatTab *>()) {
        for (const auto &[id, title] : tab->conversations())
            places.consider(title, [this, id] {
                m_window.showPage(u"chat"_s);
                m_sessions.chatting.open(id);
            });
    }
    places.add(tr("Conversation"), u"chat"_s);
    for (const ui::ShownCollection &collection : m_sessions.knowing.collections())
        places.consider(collection.info.settings.name, [this, id = collection.info.id] {
            m_window.showPage(u"knowledge"_s);
            m_sessions.knowing.setCurrent(id);
        });
    places.add(tr("Collection"), u"knowledge"_s);
    for (const batch::Run &run : m_sessions.batch.runs())
        places.consider(run.name, [this, id = run.id.value] {
            m_window.showPage(u"batch"_s);
            m_sessions.batch.show(id);
        });
    places.add(tr("Batch run"), u"batch"_s);
    for (const agent::SavedTask &task : m_sessions.agents.lists().tasks)
        places.consider(task.plan.title, [this, id = task.id] {
            m_window.showPage(u"agent"_s);
            m_sessions.agents.showTask(id);
        });
    places.add(tr("Saved task"), u"agent"_s);
    return entries;
}

/// All strips say something, or none: as the user chose on one of them or in the palette.
void Commands::joinHints()
{
    QAction *wanted = m_window.addAction(u"hints"_s, tr("Hints where a simpler tab would do"));
    wanted->setCheckable(true);
    const bool isWantedAtFirst =
        QSettings(m_settingsFile, QSettings::IniFormat).value("hints/wanted"_L1, true).toBool();
    wanted->setChecked(isWantedAtFirst);
    const auto strips = m_window.findChildren<ui::HintStrip *>();
    connect(wanted, &QAction::toggled, this, [this, strips](bool isWanted) {
        for (ui::HintStrip *strip : strips)
            strip->setWanted(isWanted);
        QSettings settings(m_settingsFile, QSettings::IniFormat);
        static_cast<void>(settings.childGroups()); // only now is the file read
        if (settings.status() != QSettings::FormatError)
            settings.setValue("hints/wanted"_L1, isWanted);
    });
    for (ui::HintStrip *strip : strips)
        connect(strip, &ui::HintStrip::unwanted, wanted, [wanted] { wanted->setChecked(false); });
    if (!isWantedAtFirst) {
        for (ui::HintStrip *strip : strips)
            strip->setWanted(false);
    }
}

void Commands::openSheet()
{
    if (!m_sheet)
        m_sheet = new ui::ShortcutSheet(m_shortcuts, &m_window);
    m_sheet->refresh();
    m_sheet->show();
    m_sheet->raise();
    m_sheet->activateWindow();
}

} // namespace quintet
