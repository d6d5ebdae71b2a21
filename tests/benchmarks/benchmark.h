// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace quintet::bench {

/// One figure, beside what it was run with.
struct Figure {
    QString bench;
    QString variant; ///< "case" in JSON
    QString figure;
    double value = 0;
    QString unit;
    std::optional<double> baseline; ///< the same figure of the named alternative, in the same run
    QString baselineName;
};

/// What was said on the command line.
struct Options {
    bool quick = false;
    QString data;        ///< a folder of the user's, for the benches of quality
    bool isLong = false; ///< the largest sizes, which take many minutes
};

using Benchmark = std::vector<Figure> (*)(const Options &);

/// Seconds of this thread's CPU that `work` takes: the median of several runs that take turns with `other`'s, so that
/// a busy machine slows both.
std::pair<double, double> pairedSeconds(int runs, const std::function<void()> &work,
                                        const std::function<void()> &other);

/// Megabytes of a process in memory (proc_pid_statm(5)); 0: of this one.
double residentMegabytes(qint64 process = 0);

/// Is the model server that `gateway` asks, in a process of its own; answers after `latency` milliseconds.
int serve(int latency);

/// Is Quintet's own server, asking the model server at `upstream`, in a process of its own; prints its port.
int beApiServer(const QString &upstream);

/// Is a bare window with five empty tabs, in a process of its own; prints "shown" when it was painted.
int beBareWindow();

/// Writes that many conversations of four messages into the database at `databasePath`, which is made.
bool makeConversations(const QString &databasePath, int count);

// Each in the file named after it.
std::vector<Figure> batch(const Options &options);
std::vector<Figure> chat(const Options &options);
std::vector<Figure> extract(const Options &options);
std::vector<Figure> gateway(const Options &options);
std::vector<Figure> knowledge(const Options &options);
std::vector<Figure> serveBench(const Options &options);
std::vector<Figure> sse(const Options &options);
std::vector<Figure> startup(const Options &options);
std::vector<Figure> summarize(const Options &options);
std::vector<Figure> summaryQuality(const Options &options);
std::vector<Figure> transcript(const Options &options);
std::vector<Figure> usageBench(const Options &options);

} // namespace quintet::bench
