// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/enginecall.h"
#include "net/pagefetcher.h"
#include "ui/summarize/enginework.h"

#include <QTimer>

#include <map>

namespace quintet::ui {

/// The texts that stand ready in the Summarize tab, and which is shown. The first (id `typed`) is what the user
/// writes; the others are read on the engine thread, each on its own. Lives on the GUI thread; `engine`, `extractor`
/// and `pages` outlive it.
class SourceShelf final : public QObject {
    Q_OBJECT

public:
    static constexpr int typed = 0;

    SourceShelf(EngineThread &engine, document::Extractor &extractor, net::PageFetcher &pages,
                QObject *parent = nullptr);
    ~SourceShelf() override;

    const std::vector<Source> &all() const { return m_sources; }
    const Source &shown() const;
    const QString &typedText() const { return m_typedText; }
    const Source *find(int id) const;

    void setTypedText(const QString &text);
    /// Reads files, and what lies in folders directly, and shows the last. One that stands there already is shown.
    void addFiles(const QStringList &paths);
    void addLink(const QUrl &url);
    int addText(const QString &text, const QString &name); ///< one too long to be written in; its id
    void readAgain(int id, const QString &password = {});  ///< also what was set aside
    void remove(int id);
    void bringBack(); ///< what was removed last
    void show(int id);
    void setSummary(int id, MarkedSummary summary);

    /// Paths and addresses of what can be read again at the next start.
    QStringList origins() const;
    /// Puts back what a former start had open; what was written in this one stays. Links are not fetched before the
    /// user asks.
    void restore(const QString &typedText, const QStringList &origins);

Q_SIGNALS:
    void changed();      ///< a source more or less, or one was read
    void shownChanged(); ///< another source, or it was read
    void originsChanged();
    void typedTextChanged();
    void typedWordsCounted(qsizetype words);
    void wasRead(int id); ///< or could not be
    void removed(int id, const QString &name);

private:
    using Begin = EngineCall<std::shared_ptr<const ReadDocument>>::Begin;

    Source newSource(const QString &name, const QString &origin = {});
    void read(Source source, Begin begin);
    void readOrigin(Source source, bool again = false, const QString &password = {});
    void restoreLink(const QString &origin);
    void finishReading(int id, ReadResult result);
    void countTyped();
    Source *source(int id);

    EngineThread &m_engine;
    document::Extractor &m_extractor;
    net::PageFetcher &m_pages;
    std::vector<Source> m_sources;
    std::optional<Source> m_removed; ///< the last
    int m_shown = typed;
    int m_nextId = typed + 1;
    QString m_typedText;
    QTimer m_countTimer;
    std::map<int, EngineCall<std::shared_ptr<const ReadDocument>>> m_reading;
    EngineCall<qsizetype> m_counting;
};

} // namespace quintet::ui
