// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/library/promptlibrary.h"

#include "ui/theme/label.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorstrip.h"
#include "ui/widgets/panes.h"

#include <QBoxLayout>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>

namespace quintet::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestCsv = 32LL << 20; // bytes

} // namespace

PromptLibrary::PromptLibrary(QWidget *parent) : QDialog(parent)
{
    setObjectName(u"promptLibraryDialog"_s);
    setWindowTitle(tr("Prompt library"));
    resize(760, 480);
    m_list = new QListWidget;
    m_list->setObjectName(u"promptList"_s);
    m_list->setAccessibleName(tr("Prompts"));
    m_name = new QLineEdit;
    m_name->setObjectName(u"promptName"_s);
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("Name, what follows / in the composer"));
    m_text = new QPlainTextEdit;
    m_text->setObjectName(u"promptText"_s);
    m_text->setAccessibleName(tr("Prompt"));
    m_text->setTabChangesFocus(true);
    m_text->setPlaceholderText(tr("The prompt. {{name}} asks for a value, {{name=value}} has one by default, "
                                  "{{tone:warm|cool}} is a choice; {{clipboard}}, {{date}} and {{time}} fill "
                                  "themselves."));
    auto *add = new Button(u"promptNew"_s, tr("New"), Button::Plain, Button::Small);
    auto *importing = new Button(u"promptImport"_s, tr("Import prompts.csv…"), Button::Quiet, Button::Small);
    auto *keeping = new Button(u"promptKeep"_s, tr("Keep"), Button::Primary);
    auto *removing = new Button(u"promptRemove"_s, tr("Remove"), Button::Destructive);
    m_error = new ErrorStrip(u"promptError"_s);
    m_undo = new ErrorStrip(u"promptUndo"_s, {}, ErrorStrip::Notice);

    QBoxLayout *listFoot = makeRow();
    listFoot->addWidget(add);
    listFoot->addWidget(importing);
    listFoot->addStretch(1);
    QBoxLayout *left = makeColumn();
    left->addWidget(m_list, 1);
    left->addLayout(listFoot);
    QBoxLayout *foot = makeRow();
    foot->addStretch(1);
    foot->addWidget(removing);
    foot->addWidget(keeping);
    QBoxLayout *right = makeColumn();
    right->addWidget(m_name);
    right->addWidget(m_text, 1);
    right->addWidget(m_error);
    right->addWidget(m_undo);
    right->addLayout(foot);
    QBoxLayout *row = makeRow(16);
    row->setContentsMargins(16, 16, 16, 16);
    row->addLayout(left, 2);
    row->addLayout(right, 3);
    setLayout(row);

    connect(m_list, &QListWidget::currentRowChanged, this, &PromptLibrary::choose);
    connect(add, &Button::clicked, this, [this] {
        m_list->setCurrentRow(-1);
        choose(-1);
        m_name->setFocus();
    });
    connect(importing, &Button::clicked, this, &PromptLibrary::import);
    connect(keeping, &Button::clicked, this, &PromptLibrary::keep);
    connect(removing, &Button::clicked, this, [this] {
        const int row = m_list->currentRow();
        if (row < 0 || row >= int(m_prompts.size()))
            return;
        m_removed = m_prompts[size_t(row)];
        m_undo->showError(tr("Removed: /%1").arg(m_removed.name), tr("Undo"));
        Q_EMIT removeAsked(m_removed.name);
    });
    connect(m_undo, &ErrorStrip::actionChosen, this, [this] {
        m_undo->hide();
        Q_EMIT keepAsked({m_removed});
    });
}

void PromptLibrary::setPrompts(const std::vector<chat::Prompt> &prompts)
{
    const QString before = chat::promptNameFrom(m_name->text());
    m_prompts = prompts;
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const chat::Prompt &prompt : prompts) {
        m_list->addItem(u'/' + prompt.name);
        if (prompt.name == before)
            m_list->setCurrentRow(m_list->count() - 1);
    }
}

void PromptLibrary::choose(int row)
{
    const bool isOne = row >= 0 && row < int(m_prompts.size());
    m_name->setText(isOne ? m_prompts[size_t(row)].name : QString());
    m_text->setPlainText(isOne ? m_prompts[size_t(row)].text : QString());
}

void PromptLibrary::keep()
{
    const QString name = chat::promptNameFrom(m_name->text());
    if (name.isEmpty() || m_text->toPlainText().trimmed().isEmpty()) {
        m_error->showError(tr("A prompt needs a name and a text."));
        return;
    }
    m_error->hide();
    m_name->setText(name);
    Q_EMIT keepAsked({{name, m_text->toPlainText()}});
}

void PromptLibrary::import()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Import prompts"), {}, tr("Prompts (*.csv)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestCsv) {
        m_error->showError(tr("%1 cannot be read, or is too large.").arg(path));
        return;
    }
    const auto prompts = chat::promptsFromCsv(QString::fromUtf8(file.readAll()));
    if (!prompts) {
        m_error->showError(prompts.error().message);
        return;
    }
    m_error->hide();
    Q_EMIT keepAsked(*prompts);
}

} // namespace quintet::ui
