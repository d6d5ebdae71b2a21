// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/endpoint.h"

#include <QWidget>

class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace quintet::ui {

/// The part of an endpoint's form that few need: time limits, retries, rates, headers, proxy, certificates, prefixes.
class ConnectionFields final : public QWidget {
    Q_OBJECT

public:
    ConnectionFields();

    void showEndpoint(const llm::Endpoint &endpoint);

    /// `endpoint` with what the fields say.
    llm::Endpoint applied(llm::Endpoint endpoint) const;

private:
    QSpinBox *addNumber(QFormLayout *form, const QString &name, const QString &label, int largest,
                        const QString &suffix, const QString &zero);
    QLineEdit *addText(QFormLayout *form, const QString &name, const QString &label, const QString &hint);

    QSpinBox *m_connect = nullptr;
    QSpinBox *m_total = nullptr;
    QSpinBox *m_firstByte;
    QSpinBox *m_idle;
    QSpinBox *m_retries;
    QSpinBox *m_atOnce;
    QSpinBox *m_requests;
    QSpinBox *m_tokens;
    QLineEdit *m_proxy;
    QLineEdit *m_certificates;
    QLineEdit *m_queryPrefix;
    QLineEdit *m_documentPrefix;
    QPlainTextEdit *m_headers;
};

} // namespace quintet::ui
