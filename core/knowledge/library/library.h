// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "knowledge/library/collection.h"
#include "knowledge/passagereader.h"
#include "knowledge/retriever.h"

#include <QHash>
#include <QSet>

namespace quintet::knowledge {

/// The collections of a data folder: a file each, ID.db. Lives on the engine thread; what reads or writes files is done
/// on the pool.
class Library final : public Retriever, public PassageReader {
public:
    /// Kept in `folder`, which is made when it is needed.
    Library(QString folder, const CollectionParts &parts) : m_folder(std::move(folder)), m_parts(parts) { }

    QString folder() const { return m_folder; }

    /// All that can be opened, by name.
    Task<Result<std::vector<CollectionInfo>>> list();

    /// The collection of that name or id, open; BadInput with the names that there are if there is none.
    Task<Result<std::shared_ptr<Collection>>> find(QString name);

    /// A new one; BadInput where the name is empty or taken.
    Task<Result<std::shared_ptr<Collection>>> create(QString name);

    /// Removes a collection with all its files.
    Task<Result<void>> remove(QString name);

    /// Takes a copy of a collection's file in; under another name where its own is taken. Corrupt where the file is no
    /// collection.
    Task<Result<std::shared_ptr<Collection>>> import(QString path);

    Task<Result<std::vector<Hit>>> search(Query query, CancelToken token) override;
    Task<Result<PassagePage>> passagesBehind(QString collection, qint64 after, QString query) override;

private:
    /// A collection's name, and the state of its files when it was read.
    struct Named {
        QString name;
        QByteArray stamp;
    };
    using Names = QHash<QString, Named>; ///< by id
    class Turn;

    static Names namesIn(const QString &folder, const Names &known);
    Task<void> learnNames();
    QHash<QString, QString> names() const;
    Result<QString> idOf(const QString &name) const;
    Error unknown(const QString &name) const;
    Task<void> turnOf(QString what);
    Task<Result<std::shared_ptr<Collection>>> open(QString id);
    QString pathOf(const QString &id) const { return m_folder + u'/' + id + QStringLiteral(".db"); }

    QString m_folder;
    CollectionParts m_parts;
    QHash<QString, std::shared_ptr<Collection>> m_open; ///< by id
    QSet<QString> m_busy; ///< ids of collections that are being opened or removed; empty: of one that is being made
    Names m_names;
};

} // namespace quintet::knowledge
