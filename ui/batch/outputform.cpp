// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/outputform.h"

#include "batch/source/sourcereader.h"
#include "ui/theme/label.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFileDialog>

namespace quintet::ui {

using namespace Qt::StringLiterals;
using batch::OutputFormat;
using batch::SourceKind;

namespace {

enum Place { Nowhere, Beside, IntoFolder };

} // namespace

OutputForm::OutputForm()
{
    m_place = new QComboBox;
    m_place->setObjectName(u"place"_s);
    m_place->setAccessibleName(tr("Where the results go"));
    m_place->addItem(tr("Only here in Quintet"), Nowhere);
    m_place->addItem(tr("Beside the sources"), Beside);
    m_place->addItem(tr("Into a folder…"), IntoFolder);
    m_format = new QComboBox;
    m_format->setObjectName(u"format"_s);
    m_format->setAccessibleName(tr("In which form"));
    for (const auto &[format, words] : {std::pair(OutputFormat::Markdown, tr("Markdown")),
                                        {OutputFormat::Text, tr("Text")},
                                        {OutputFormat::Json, tr("JSON")},
                                        {OutputFormat::Csv, tr("One table (CSV)")},
                                        {OutputFormat::Workbook, tr("One workbook (XLSX)")},
                                        {OutputFormat::JsonLines, tr("One JSONL file")}})
        m_format->addItem(words, int(format));
    connect(m_place, &QComboBox::activated, this, [this] {
        if (m_place->currentData().toInt() == IntoFolder)
            askForFolder();
        Q_EMIT chosen();
    });
    connect(m_format, &QComboBox::activated, this, &OutputForm::chosen);
    QBoxLayout *row = makeRow();
    row->addWidget(m_place);
    row->addWidget(m_format);
    row->addStretch(1);
    QBoxLayout *column = makeColumn(6);
    column->addWidget(makeLabel(tr("Where results go"), TextStyle::Small, Tone::Second));
    column->addLayout(row);
    setLayout(column);
}

void OutputForm::askForFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the results"), m_folder);
    if (!folder.isEmpty())
        m_folder = folder;
    else if (m_folder.isEmpty())
        m_place->setCurrentIndex(Nowhere);
}

void OutputForm::takeInto(batch::RunSpec &spec) const
{
    const int place = m_place->currentData().toInt();
    spec.output.folder = place == Beside ? batch::folderOf(spec.source) : place == IntoFolder ? m_folder : QString();
    spec.output.format = static_cast<OutputFormat>(m_format->currentData().toInt());
    spec.output.inOneFile = spec.source.kind == SourceKind::Table || spec.source.kind == SourceKind::Lines;
}

void OutputForm::showOutput(const batch::RunSpec &spec)
{
    const QString &folder = spec.output.folder;
    const bool isBeside = !folder.isEmpty() && folder == batch::folderOf(spec.source);
    m_place->setCurrentIndex(folder.isEmpty() ? Nowhere : isBeside ? Beside : IntoFolder);
    if (!folder.isEmpty() && !isBeside)
        m_folder = folder;
    m_format->setCurrentIndex(m_format->findData(int(spec.output.format)));
    m_format->setEnabled(!folder.isEmpty());
}

} // namespace quintet::ui
