// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "llm/gateway/unpricedconsent.h"

#include <QWidget>

namespace quintet::ui {

/// Asks the user, over the window, whether a model whose price is not known may be asked under a limit of money. Lives
/// on the GUI thread.
class UnpricedQuestions final : public QObject {
    Q_OBJECT

public:
    explicit UnpricedQuestions(QWidget &window);

    /// What the gateway asks by, on its own thread; not to be called any more once this is gone.
    llm::UnpricedConsent::Asker asker();

Q_SIGNALS:
    void answered(); ///< the settings hold it in a moment
    /// The user would rather enter the price.
    void pricesAsked();

private:
    void show(const QString &model, std::shared_ptr<QPromise<bool>> answer);

    QWidget &m_window;
};

} // namespace quintet::ui
