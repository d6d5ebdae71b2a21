// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/program.h"
#include "ui/palette/commandpalette.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QImage>
#include <QLineEdit>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace quintet;
using namespace Qt::StringLiterals;

/// The window as a screen reader and as the keyboard find it: every page, the palette, the dialogs.
class TestAccessibility final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QAccessible::setActive(true);
        m_folder = std::make_unique<QTemporaryDir>();
        m_program = std::make_unique<Program>(preparePaths(m_folder->path()));
        QSignalSpy ready(m_program.get(), &Program::ready);
        window().resize(900, 600);
        window().show();
        QTRY_COMPARE(ready.size(), 1);
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        fill();
    }

    void cleanupTestCase() { m_program.reset(); }

    void everyControlHasANameAndARole_data() { addPages(); }
    void everyControlHasANameAndARole()
    {
        QFETCH(QString, page);
        QWidget *shown = open(page);
        QVERIFY(shown);
        const auto closing = qScopeGuard([&] { close(shown); });
        QStringList wrong;
        walk(QAccessible::queryAccessibleInterface(shown), {}, wrong);
        QVERIFY2(wrong.isEmpty(), qPrintable(u'\n' + wrong.join(u'\n')));
    }

    void tabReachesEverythingThatTakesTheFocus_data() { addPages(); }
    void tabReachesEverythingThatTakesTheFocus()
    {
        QFETCH(QString, page);
        QWidget *shown = open(page);
        QVERIFY(shown);
        const auto closing = qScopeGuard([&] { close(shown); });
        if (page == u"palette")
            return; // there Tab goes through the rows
        QSet<const QWidget *> reached;
        QWidget *const top = shown->window();
        // As Tab goes, without an active window being needed.
        const QWidget *at = top;
        for (int i = 0; i < 2'000; ++i) {
            at = at->nextInFocusChain();
            reached << at;
            if (at == top)
                break;
        }
        QStringList missed;
        for (const QWidget *widget : shown->findChildren<QWidget *>()) {
            const bool takes = widget->window() == top && widget->isVisible() && widget->isEnabled()
                               && widget->focusPolicy() != Qt::NoFocus && !widget->focusProxy();
            const bool byTab = widget->focusPolicy() & Qt::TabFocus;
            const bool isControl = qobject_cast<const QAbstractButton *>(widget)
                                   || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QLineEdit *>(widget)
                                   || qobject_cast<const QAbstractSpinBox *>(widget)
                                   || qobject_cast<const QAbstractScrollArea *>(widget);
            if (takes && isControl && (!byTab || !reached.contains(widget))
                && !widget->objectName().startsWith("qt_"_L1))
                missed << describe(widget);
        }
        QVERIFY2(missed.isEmpty(), qPrintable(u'\n' + missed.join(u'\n')));
    }

    /// Whatever has the focus looks otherwise than without it.
    void theFocusIsSeen_data() { addPages(); }
    void theFocusIsSeen()
    {
        QFETCH(QString, page);
        QWidget *shown = open(page);
        QVERIFY(shown);
        const auto closing = qScopeGuard([&] { close(shown); });
        shown->window()->activateWindow();
        shown->window()->setAttribute(Qt::WA_KeyboardFocusChange);
        QStringList unseen;
        const auto widgets = shown->findChildren<QWidget *>();
        for (QWidget *widget : widgets) {
            const bool isButton = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget);
            if (!isButton || widget->window() != shown->window() || !widget->isVisible() || !widget->isEnabled()
                || !(widget->focusPolicy() & Qt::TabFocus) || widget->visibleRegion().isEmpty())
                continue;
            if (QWidget *other = shown->window()->focusWidget())
                other->clearFocus();
            const QImage without = widget->grab().toImage();
            widget->setFocus(Qt::TabFocusReason);
            if (!widget->hasFocus())
                continue; // another window is active
            if (widget->grab().toImage() == without)
                unseen << describe(widget);
        }
        QVERIFY2(unseen.isEmpty(), qPrintable(u'\n' + unseen.join(u'\n')));
    }

private:
    ui::MainWindow &window() const { return m_program->window(); }

    static QString describe(const QWidget *widget)
    {
        QStringList path;
        for (const QWidget *at = widget; at && path.size() < 4; at = at->parentWidget())
            path.prepend(QLatin1StringView(at->metaObject()->className()).toString().section(u':', -1) + u'#'
                         + at->objectName());
        return path.join(u" > "_s);
    }

    static bool needsName(QAccessible::Role role)
    {
        switch (role) {
        case QAccessible::PushButton:
        case QAccessible::CheckBox:
        case QAccessible::RadioButton:
        case QAccessible::ComboBox:
        case QAccessible::EditableText:
        case QAccessible::SpinBox:
        case QAccessible::Slider:
        case QAccessible::ButtonMenu:
        case QAccessible::ButtonDropDown:
        case QAccessible::PageTab:
        case QAccessible::List:
        case QAccessible::Table:
        case QAccessible::Tree:
        case QAccessible::Link:
        case QAccessible::ListItem:
        case QAccessible::TreeItem:
        case QAccessible::ProgressBar:
        case QAccessible::Graphic:
        case QAccessible::Chart:
        case QAccessible::Dialog: return true;
        default: return false;
        }
    }

    void walk(QAccessibleInterface *at, const QString &path, QStringList &wrong)
    {
        if (!at || !at->isValid() || at->state().invisible)
            return;
        const auto *object = at->object();
        const auto *widget = qobject_cast<const QWidget *>(object);
        if (widget && !widget->isVisible())
            return;
        const QString here = path + u'/' + (object ? object->objectName() : QString::number(int(at->role())));
        const bool isPart = object && object->objectName().startsWith("qt_"_L1); // of a control that has the name
        if (needsName(at->role()) && !isPart && at->text(QAccessible::Name).trimmed().isEmpty()
            && at->text(QAccessible::Value).trimmed().isEmpty())
            wrong << here + u" has no name (role %1)"_s.arg(int(at->role()));
        const bool takesFocus =
            widget && widget->focusPolicy() & Qt::TabFocus && widget->isEnabled() && !widget->focusProxy();
        if (takesFocus && !isPart
            && (at->role() == QAccessible::NoRole
                || (at->role() == QAccessible::StaticText && !qobject_cast<const QAbstractScrollArea *>(widget))
                || (at->role() == QAccessible::Client && widget->accessibleName().isEmpty())))
            wrong << here + u" takes the focus, but its role is %1"_s.arg(int(at->role()));
        if (takesFocus && !isPart && at->text(QAccessible::Name).trimmed().isEmpty()
            && !qobject_cast<const QAbstractScrollArea *>(widget->parentWidget()))
            wrong << here + u" takes the focus and has no name (role %1)"_s.arg(int(at->role()));
        const int children = std::min(at->childCount(), 300);
        for (int i = 0; i < children; ++i)
            walk(at->child(i), here, wrong);
    }

    static void addPages()
    {
        QTest::addColumn<QString>("page");
        for (const auto *page : {"start", "summarize", "chat", "batch", "batch-run", "knowledge", "agent", "agent-run",
                                 "agent-task", "usage", "settings", "palette", "palette-wish", "shortcuts", "quick",
                                 "history", "prompts", "chat-options"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }

    /// Something in every tab.
    void fill()
    {
        const QString folder = m_folder->filePath(u"Handbook"_s);
        QDir().mkpath(folder);
        QFile file(folder + u"/rules.txt"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Bicycles are repaired on Fridays. The workshop opens at nine. Members bring their own parts.");
        file.close();
        m_program->summarizing().sources().addFiles({file.fileName()});
        QTRY_COMPARE(m_program->summarizing().sources().all().back().state, ui::Source::Ready);
        m_program->summarizing().sources().show(m_program->summarizing().sources().all().back().id);
        QSignalSpy summarized(&m_program->summarizing(), &ui::SummarizeSession::ended);
        m_program->summarizing().summarize();
        QTRY_COMPARE(summarized.size(), 1);
        ui::OpenChat &chat = m_program->chatting().current();
        chat.addFiles({file.fileName()});
        QTRY_VERIFY(!chat.isReadingFiles());
        chat.setDraftText(u"When are bicycles repaired?"_s);
        chat.send();
        QTRY_VERIFY(!chat.isRunning() && chat.conversation().path().size() == 2);
        chat.addFiles({file.fileName()});
        ui::BatchSession &batch = m_program->batch();
        batch.setSource({folder});
        batch::RunSpec draft = batch.draft();
        draft.task = batch::TaskKind::Keywords;
        draft.name = u"Letters"_s;
        batch.setDraft(draft);
        QSignalSpy worked(&batch, &ui::BatchSession::ended);
        batch.start();
        QTRY_COMPARE(worked.size(), 1);
        m_program->knowing().create(u"Handbook"_s, {folder});
        QTRY_VERIFY(m_program->knowing().current() && m_program->knowing().current()->info.sums.indexed == 1);
        m_program->knowing().submit(u"When are bicycles repaired?"_s);
        QTRY_VERIFY(!m_program->knowing().isRunning());
        QSignalSpy replayed(&m_program->agents(), &ui::AgentSession::ended);
        m_program->agents().replayTask(u"best-customers"_s);
        QTRY_COMPARE(replayed.size(), 1);
        m_run = m_program->agents().shownId();
    }

    QWidget *open(const QString &page)
    {
        const QString tab = page.section(u'-', 0, 0);
        if (page == u"batch")
            m_program->batch().setUp();
        else if (page == u"batch-run")
            m_program->batch().show(m_program->batch().runs().front().id.value);
        else if (page == u"agent")
            m_program->agents().startNew();
        else if (page == u"agent-run")
            m_program->agents().showRun(m_run);
        else if (page == u"agent-task")
            m_program->agents().showTask(u"monthly-sales"_s);
        else if (page == u"shortcuts")
            return dialog(u"window.shortcuts"_s, u"shortcutSheet"_s);
        else if (page == u"history")
            return dialog(u"summarize.history"_s, u"summaryHistory"_s);
        else if (page == u"prompts")
            return dialog(u"chat.prompts"_s, u"promptLibraryDialog"_s);
        else if (page == u"quick") {
            m_program->openQuick();
            return &m_program->background().quickWindow();
        } else if (tab == u"palette") {
            auto *palette = window().findChild<ui::CommandPalette *>();
            palette->open(page == u"palette" ? ui::Given() : ui::Given{u"Classify these 2000 reviews"_s, {}, {}, {}});
            QTest::qWait(50);
            return palette;
        }
        if (page == u"chat-options")
            window().findChild<QAction *>(u"chat.options"_s)->trigger();
        if (!window().showPage(tab))
            return nullptr;
        QTest::qWait(100);
        return &window();
    }

    QWidget *dialog(const QString &action, const QString &name)
    {
        window().runAction(window().findChild<QAction *>(action));
        auto *found = window().findChild<QDialog *>(name);
        QTest::qWait(50);
        return found;
    }

    void close(QWidget *shown)
    {
        if (auto *palette = qobject_cast<ui::CommandPalette *>(shown))
            palette->close();
        else if (shown != &window())
            shown->hide();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Program> m_program;
    QString m_run;
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
