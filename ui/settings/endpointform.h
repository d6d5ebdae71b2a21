// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/server/catalog.h"
#include "llm/server/endpointregistry.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QLineEdit;

namespace quintet::ui {

class Button;
class ConnectionFields;

/// Where a model is to be reached, to be filled in by the user. The key leaves it once and is then forgotten.
class EndpointForm final : public QFrame {
    Q_OBJECT

public:
    EndpointForm();

    void startNew();
    void startNewAt(const llm::FoundServer &server); ///< which wants its key
    void startEditing(const llm::Endpoint &endpoint);

    /// The name of the endpoint that is edited so far; empty for a new one.
    QString formerName() const { return m_before.name; }

    /// Empties the field of the key: once it is kept, or no longer wanted.
    void forgetKey();

Q_SIGNALS:
    void submitted(const quintet::llm::Endpoint &endpoint, const QString &key);
    void cancelled();

private:
    QLineEdit *addField(class QFormLayout *form, const QString &name, const QString &label, const QString &hint);
    void takeProvider();
    void submit();

    QComboBox *m_provider;
    QLineEdit *m_name;
    QLineEdit *m_url;
    QLineEdit *m_key;
    QLineEdit *m_variable;
    QLineEdit *m_model;
    ConnectionFields *m_connection;
    Button *m_more;
    llm::Endpoint m_before; ///< what is edited, or a new one
    bool m_isProviderChosen = false;
};

} // namespace quintet::ui
