// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSize>
#include <QStringList>
#include <QTemporaryDir>

namespace quintet {

class Program;

/// Pictures of every page on sample data, light and dark, at three sizes; then the program ends. The data is made for
/// it by the real services in a folder of its own.
class Shots final : public QObject {
    Q_OBJECT

public:
    /// `page`: the key of one page, or empty for all. `samples` is a folder to put the sample documents in.
    Shots(Program &program, const QString &folder, const QString &page, const QString &samples);

    static QStringList pages()
    {
        return {QStringLiteral("start"), QStringLiteral("summarize"), QStringLiteral("chat"),
                QStringLiteral("batch"), QStringLiteral("batch-new"), QStringLiteral("knowledge"),
                QStringLiteral("agent"), QStringLiteral("agent-new"), QStringLiteral("agent-task"),
                QStringLiteral("usage"), QStringLiteral("settings")};
    }

private:
    void prepare();
    void prepareChat();
    void prepareBatch();
    void show(const QString &page);
    void prepareKnowledge();
    void prepareAgent();
    void takeNext();

    Program &m_program;
    QString m_folder;
    QString m_samples;
    struct Picture {
        QString page;
        bool dark = false;
        QSize size;
    };
    std::vector<Picture> m_pictures;
    size_t m_next = 0;
};

} // namespace quintet
