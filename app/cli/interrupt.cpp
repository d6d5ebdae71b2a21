// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include <QSocketNotifier>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace quintet::cli {

namespace {

// A signal handler may only write to a descriptor; the event loop reads from the other end (signal-safety(7)).
int g_pipe[2] = {-1, -1};
volatile std::sig_atomic_t g_raised = 0;

extern "C" void quintetSignal(int)
{
    if (g_raised)
        ::_exit(130);
    g_raised = 1;
    const int error = errno;
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(g_pipe[1], &byte, 1);
    errno = error;
}

} // namespace

Interrupt::Interrupt()
{
    if (::pipe2(g_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto *notifier = new QSocketNotifier(g_pipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        m_source.request_stop();
    });
    struct sigaction action{};
    action.sa_handler = quintetSignal;
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction inherited{};
        ::sigaction(signal, nullptr, &inherited);
        // nohup, or a script that runs this in the background, wants it ignored.
        if (inherited.sa_handler != SIG_IGN)
            ::sigaction(signal, &action, nullptr);
    }
}

Interrupt::~Interrupt()
{
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction current{};
        ::sigaction(signal, nullptr, &current);
        if (current.sa_handler == quintetSignal)
            ::signal(signal, SIG_DFL);
    }
}

} // namespace quintet::cli
