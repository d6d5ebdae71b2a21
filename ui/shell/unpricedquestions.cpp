// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/unpricedquestions.h"

#include <QMessageBox>
#include <QPushButton>

namespace quintet::ui {

using namespace Qt::StringLiterals;

UnpricedQuestions::UnpricedQuestions(QWidget &window) : m_window(window) { }

llm::UnpricedConsent::Asker UnpricedQuestions::asker()
{
    return [this](const QString &model) {
        const auto answer = std::make_shared<QPromise<bool>>();
        answer->start();
        QMetaObject::invokeMethod(this, [this, model, answer] { show(model, answer); }, Qt::QueuedConnection);
        return answer->future();
    };
}

void UnpricedQuestions::show(const QString &model, std::shared_ptr<QPromise<bool>> answer)
{
    auto *box = new QMessageBox(&m_window);
    box->setObjectName(u"unpricedQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("A model without a price"));
    box->setText(tr("The price of %1 is not known, so your budget cannot be kept while it is asked.").arg(model));
    box->setInformativeText(tr("Enter its price, or let it be asked without one: what it costs is then not counted."));
    auto *allow = box->addButton(tr("Ask it without a price"), QMessageBox::AcceptRole);
    allow->setObjectName(u"askUnpriced"_s);
    auto *enter = box->addButton(tr("Enter its price…"), QMessageBox::ActionRole);
    enter->setObjectName(u"enterPrice"_s);
    auto *refuse = box->addButton(tr("Do not send"), QMessageBox::RejectRole);
    refuse->setObjectName(u"refuseUnpriced"_s);
    box->setDefaultButton(refuse);
    box->setEscapeButton(refuse);
    connect(box, &QMessageBox::finished, this, [this, box, allow, enter, answer] {
        answer->addResult(box->clickedButton() == allow);
        answer->finish();
        Q_EMIT answered();
        if (box->clickedButton() == enter)
            Q_EMIT pricesAsked();
    });
    box->open();
}

} // namespace quintet::ui
