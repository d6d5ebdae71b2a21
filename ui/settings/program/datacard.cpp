// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/program/datacard.h"

#include "ui/settings/program/datasession.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDate>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QUrl>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

ElidedLabel *pathLine(const QString &text)
{
    auto *label = new ElidedLabel(text, Qt::ElideMiddle);
    label->setFont(fontFor(TextStyle::Facts));
    setTone(label, Tone::Second);
    return label;
}

QString filters()
{
    return DataCard::tr("Backups of Quintet (*.quintet);;All files (*)");
}

} // namespace

DataCard::DataCard(DataSession &session)
    : m_session(session),
      m_error(new ErrorStrip(u"dataError"_s, {12, 8, 12, 8})),
      m_done(new ErrorStrip(u"dataNotice"_s, {12, 8, 12, 8}, ErrorStrip::Notice))
{
    setObjectName(u"data"_s);
    setProperty("look", u"card"_s);
    setFrameShape(QFrame::StyledPanel);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(makePlace());
    column->addWidget(makeHairline());
    column->addWidget(makeBackup());
    column->addWidget(makeHairline());
    column->addWidget(makeErasing());
    column->addWidget(makeProgress());
    column->addWidget(m_error);
    column->addWidget(m_done);
    setLayout(column);
    follow();
    showRunning();
}

QWidget *DataCard::makeRow(const QString &title, const QString &about, const QList<QWidget *> &controls)
{
    QLabel *text = makeLabel(about, TextStyle::Facts, Tone::Second);
    text->setWordWrap(true);
    QBoxLayout *texts = makeColumn(1);
    texts->addWidget(makeLabel(title, TextStyle::Heading));
    texts->addWidget(text);
    QBoxLayout *row = ui::makeRow();
    row->setContentsMargins(16, 10, 12, 10);
    row->addLayout(texts, 1);
    for (QWidget *control : controls)
        row->addWidget(control);
    return wrap(row);
}

QWidget *DataCard::makePlace()
{
    const Paths &paths = m_session.paths();
    auto *open = new Button(u"openDataFolder"_s, tr("Open the folder"), Button::Plain, Button::Small);
    connect(open, &Button::clicked, this,
            [folder = paths.dataFolder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    QBoxLayout *texts = makeColumn(1);
    texts->addWidget(makeLabel(tr("Everything stays on this computer"), TextStyle::Heading));
    texts->addWidget(pathLine(tr("Data: %1").arg(QDir::toNativeSeparators(paths.dataFolder))));
    texts->addWidget(pathLine(tr("Settings: %1").arg(QDir::toNativeSeparators(paths.settingsFile))));
    QBoxLayout *row = ui::makeRow();
    row->setContentsMargins(16, 10, 12, 10);
    row->addLayout(texts, 1);
    row->addWidget(open);
    return wrap(row);
}

QWidget *DataCard::makeBackup()
{
    m_backUp = new Button(u"backUp"_s, tr("Back up…"), Button::Plain, Button::Small);
    m_restore = new Button(u"restore"_s, tr("Restore…"), Button::Plain, Button::Small);
    connect(m_backUp, &Button::clicked, this, &DataCard::chooseBackup);
    connect(m_restore, &Button::clicked, this, &DataCard::chooseRestoring);
    m_withKeys = new QCheckBox(tr("API keys too, locked with a password"));
    m_withKeys->setObjectName(u"backupKeys"_s);
    m_withKeys->setAccessibleName(m_withKeys->text());
    m_password = new QLineEdit;
    m_password->setObjectName(u"backupPassword"_s);
    m_password->setAccessibleName(tr("Password for the keys in the backup"));
    m_password->setPlaceholderText(tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMaximumWidth(220);
    m_password->setEnabled(false);
    connect(m_withKeys, &QCheckBox::toggled, this, [this](bool on) {
        m_password->setEnabled(on);
        if (on)
            m_password->setFocus();
        showRunning();
    });
    connect(m_password, &QLineEdit::textChanged, this, &DataCard::showRunning);
    QBoxLayout *keys = ui::makeRow();
    keys->setContentsMargins(16, 0, 12, 10);
    keys->addWidget(m_withKeys);
    keys->addWidget(m_password);
    keys->addStretch(1);
    QBoxLayout *column = makeColumn(0);
    column->addWidget(
        makeRow(tr("One file with everything"),
                tr("Conversations, collections, runs, history and settings, while Quintet goes on working. "
                   "A restored backup takes the place of what there is, which is kept beside it."),
                {m_backUp, m_restore}));
    column->addLayout(keys);
    return wrap(column);
}

QWidget *DataCard::makeErasing()
{
    m_erase = new Button(u"erase"_s, tr("Delete all data…"), Button::Destructive, Button::Small);
    auto *really = new Button(u"eraseReally"_s, tr("Delete everything"), Button::Destructive, Button::Small);
    auto *keep = new Button(u"eraseNot"_s, tr("Keep everything"), Button::Plain, Button::Small);
    QBoxLayout *sure = ui::makeRow();
    sure->addWidget(really);
    sure->addWidget(keep);
    m_sure = wrap(sure);
    m_sure->hide();
    const auto ask = [this](bool asked) {
        m_erase->setVisible(!asked);
        m_sure->setVisible(asked);
    };
    connect(m_erase, &Button::clicked, this, [ask, keep] {
        ask(true);
        keep->setFocus();
    });
    connect(keep, &Button::clicked, this, [ask] { ask(false); });
    connect(really, &Button::clicked, this, [this, ask] {
        ask(false);
        m_session.erase();
    });
    return makeRow(tr("Delete all data"),
                   tr("Conversations, collections, runs, history, settings and keys, for good. Documents of yours that "
                      "were read into collections stay where they are."),
                   {m_erase, m_sure});
}

QWidget *DataCard::makeProgress()
{
    m_bar = new QProgressBar;
    m_bar->setObjectName(u"dataProgress"_s);
    m_bar->setAccessibleName(tr("Progress of the backup"));
    auto *stop = new Button(u"dataCancel"_s, tr("Cancel"), Button::Quiet, Button::Small);
    connect(stop, &Button::clicked, &m_session, &DataSession::cancel);
    QBoxLayout *row = ui::makeRow();
    row->setContentsMargins(16, 0, 12, 10);
    row->addWidget(m_bar, 1);
    row->addWidget(stop);
    m_progress = wrap(row);
    return m_progress;
}

void DataCard::follow()
{
    connect(&m_session, &DataSession::runningChanged, this, &DataCard::showRunning);
    connect(&m_session, &DataSession::progressed, m_bar, &QProgressBar::setValue);
    connect(&m_session, &DataSession::failed, this, [this](const Error &error) {
        m_done->hide();
        m_error->showError(error.message);
    });
    connect(&m_session, &DataSession::backedUp, this, [this](const QString &file, const backup::Summary &summary) {
        const QString size = QLocale().formattedDataSize(QFileInfo(file).size());
        const QString where = QDir::toNativeSeparators(file);
        m_done->showError(summary.hasKeys ? tr("Backed up with the keys into %1 (%2).").arg(where, size)
                                          : tr("Backed up without keys into %1 (%2).").arg(where, size));
    });
    connect(&m_session, &DataSession::restorePrepared, this, [this](const backup::Summary &summary, bool keysTaken) {
        const QString when = QLocale().toString(summary.created.toLocalTime(), QLocale::ShortFormat);
        QString text = tr("The backup of %1 is whole. It is put in place when Quintet starts anew.").arg(when);
        if (summary.hasKeys && !keysTaken)
            text +=
                u' ' + tr("It also holds keys: to take them over, tick the box, type the password and restore again.");
        m_done->showError(text, tr("Start anew"));
    });
    connect(m_done, &ErrorStrip::actionChosen, &m_session, &DataSession::restart);
    // A backup that was waved away is not put in place at the next start.
    connect(m_done->findChild<Button *>(u"dataNoticeClose"_s), &Button::clicked, &m_session, [this] {
        if (!m_done->action()->text().isEmpty())
            m_session.forgetRestoring();
    });
}

QString DataCard::password() const
{
    return m_withKeys->isChecked() ? m_password->text() : QString();
}

void DataCard::chooseBackup()
{
    const QString name = u"quintet-%1.quintet"_s.arg(QDate::currentDate().toString(Qt::ISODate));
    auto *dialog = new QFileDialog(this, tr("Back everything up"), QDir::homePath(), filters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"quintet"_s);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &file) { m_session.backUp(file, password()); });
    dialog->open();
}

void DataCard::chooseRestoring()
{
    auto *dialog = new QFileDialog(this, tr("Restore a backup"), QDir::homePath(), filters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &file) { m_session.prepareRestoring(file, password()); });
    dialog->open();
}

void DataCard::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_erase->show();
    m_sure->hide();
}

void DataCard::showRunning()
{
    const bool running = m_session.isRunning();
    if (running) {
        m_error->hide();
        m_done->hide();
        m_bar->setValue(0);
    }
    m_progress->setVisible(running);
    m_backUp->setEnabled(!running && (!m_withKeys->isChecked() || !m_password->text().isEmpty()));
    m_restore->setEnabled(!running);
    m_erase->setEnabled(!running);
}

} // namespace quintet::ui
