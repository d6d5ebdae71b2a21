// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/sourceform.h"

#include "ui/theme/icons.h"
#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using batch::SourceKind;

SourceForm::SourceForm()
{
    auto *zone = new EmptyState(u"dropZone"_s, icon(u"batch"_s),
                                tr("Drop a folder, files, or a table (CSV, JSONL) here."), tr("Choose a folder…"));
    m_dropZone = zone;
    connect(zone->action(), &Button::clicked, this, &SourceForm::askForFolder);
    auto *files = new Button(u"chooseFiles"_s, tr("Choose files or a table…"), Button::Quiet, Button::Small);
    connect(files, &Button::clicked, this, &SourceForm::askForFiles);
    zone->layout()->addWidget(files);
    zone->layout()->setAlignment(files, Qt::AlignHCenter);
    m_name = new ElidedLabel({}, Qt::ElideMiddle);
    m_name->setObjectName(u"sourceName"_s);
    auto *another = new Button(u"anotherSource"_s, tr("Change…"), Button::Plain, Button::Small);
    connect(another, &Button::clicked, this, [this] { Q_EMIT chosen({}); });
    m_include = new QLineEdit;
    m_include->setObjectName(u"include"_s);
    m_include->setAccessibleName(tr("Which files of the folder"));
    m_include->setPlaceholderText(tr("all files; or *.pdf *.docx, and !drafts/ for what to leave out"));
    connect(m_include, &QLineEdit::textEdited, this, &SourceForm::typed);
    QBoxLayout *name = makeRow();
    name->addWidget(m_name, 1);
    name->addWidget(another);
    QBoxLayout *named = makeColumn(8);
    named->addLayout(name);
    named->addWidget(m_include);
    m_chosen = new QWidget;
    m_chosen->setLayout(named);
    QBoxLayout *column = makeColumn(6);
    column->addWidget(makeLabel(tr("Items"), TextStyle::Small, Tone::Second));
    column->addWidget(m_dropZone);
    column->addWidget(m_chosen);
    setLayout(column);
}

void SourceForm::askForFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder with the items"));
    if (!folder.isEmpty())
        Q_EMIT chosen({folder});
}

void SourceForm::askForFiles()
{
    const QStringList files = QFileDialog::getOpenFileNames(this, tr("Files, or one table"));
    if (!files.isEmpty())
        Q_EMIT chosen(files);
}

void SourceForm::takeInto(batch::SourceSpec &source) const
{
    source.include.clear();
    source.exclude.clear();
    for (const QString &word : m_include->text().split(u' ', Qt::SkipEmptyParts))
        word.startsWith(u'!') ? source.exclude << word.sliced(1) : source.include << word;
}

void SourceForm::showSource(const batch::SourceSpec &source)
{
    const bool hasSource = !source.paths.isEmpty() || !source.run.isEmpty();
    m_dropZone->setVisible(!hasSource);
    m_chosen->setVisible(hasSource);
    m_name->setText(source.kind == SourceKind::Run ? tr("The results of a former run")
                    : source.paths.size() == 1
                        ? QDir::toNativeSeparators(source.paths.first())
                        : tr("%Ln files and folders", nullptr, static_cast<int>(source.paths.size())));
    m_include->setVisible(source.kind == SourceKind::Files);
    QStringList globs = source.include;
    for (const QString &glob : source.exclude)
        globs << u'!' + glob;
    if (!m_include->hasFocus() && m_include->text() != globs.join(u' '))
        m_include->setText(globs.join(u' '));
}

} // namespace quintet::ui
