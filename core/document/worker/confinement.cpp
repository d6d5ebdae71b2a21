// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/worker/confinement.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <memory>

namespace quintet::document {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true;
#else
constexpr bool isSanitized = false;
#endif

constexpr const char *forbidden[] = {
    // network
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
    // other programs and processes
    "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_open", "pidfd_getfd",
    "pidfd_send_signal", "kcmp", "setns", "unshare", "mount", "umount2", "pivot_root", "chroot", "bpf",
    "perf_event_open", "keyctl", "add_key", "request_key", "userfaultfd", "init_module", "finit_module", "reboot",
    "swapon", "swapoff", "kexec_load", "open_by_handle_at", "name_to_handle_at", "fanotify_init", "setpriority",
    // changing files
    "creat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "mknod", "mknodat",
    "link", "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown",
    "lchown", "fchownat", "utime", "utimes", "utimensat", "futimesat", "setxattr", "lsetxattr", "fsetxattr",
    "removexattr", "lremovexattr", "fremovexattr"};

/// What has its arguments in memory, where a filter cannot look; its callers know how to do without.
constexpr const char *unavailable[] = {"clone3", "openat2", "io_uring_setup", "io_uring_enter", "io_uring_register"};

using Filter = std::unique_ptr<void, decltype([](scmp_filter_ctx context) { seccomp_release(context); })>;

bool forbid(const Filter &filter, const char *name, uint32_t action)
{
    const int number = seccomp_syscall_resolve_name(name);
    // A call that this processor does not have needs no rule.
    return number == __NR_SCMP_ERROR || number < 0 || seccomp_rule_add(filter.get(), action, number, 0) == 0;
}

bool forbidWriting(const Filter &filter)
{
    const uint32_t no = SCMP_ACT_ERRNO(EACCES);
    bool ok = true;
    const auto when = [&](scmp_datum_t mask, scmp_datum_t value) {
        ok = ok
             && seccomp_rule_add(filter.get(), no, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, mask, value)) == 0;
#ifdef SYS_open
        ok = ok && seccomp_rule_add(filter.get(), no, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, mask, value)) == 0;
#endif
    };
    when(O_ACCMODE, O_WRONLY);
    when(O_ACCMODE, O_RDWR);
    when(O_CREAT, O_CREAT);
    when(O_TRUNC, O_TRUNC);
    return ok;
}

bool filterCalls(bool mayStart)
{
    const uint32_t no = SCMP_ACT_ERRNO(EPERM);
    const Filter filter(seccomp_init(SCMP_ACT_ALLOW));
    if (!filter)
        return false;
    bool ok = forbidWriting(filter);
    for (const char *name : forbidden)
        ok = ok && forbid(filter, name, no);
    for (const char *name : unavailable)
        ok = ok && forbid(filter, name, SCMP_ACT_ERRNO(ENOSYS));
    if (!mayStart) {
        ok = ok && forbid(filter, "execve", no) && forbid(filter, "execveat", no);
        // Threads are clones that share everything.
        ok = ok
             && seccomp_rule_add(filter.get(), no, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0))
                    == 0;
    }
    return ok && seccomp_load(filter.get()) == 0;
}

void allowReading(int ruleset, const char *path, quint64 access)
{
    const int folder = ::open(path, O_PATH | O_CLOEXEC);
    if (folder < 0)
        return;
    const landlock_path_beneath_attr rule{.allowed_access = access, .parent_fd = folder};
    ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(folder);
}

/// Kernels without Landlock are not rare; the filter of calls holds there alone.
void confineFiles(bool mayStart)
{
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return;
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; // all of the first version
    const int ruleset =
        int(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0));
    if (ruleset < 0)
        return;
    const quint64 reading =
        LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | (mayStart ? LANDLOCK_ACCESS_FS_EXECUTE : 0);
    for (const char *path : {"/usr", "/lib", "/lib64", "/etc", "/opt"})
        allowReading(ruleset, path, reading);
    for (const char *path : {"/dev/null", "/dev/urandom"})
        allowReading(ruleset, path, LANDLOCK_ACCESS_FS_READ_FILE);
    allowReading(ruleset, QFile::encodeName(QCoreApplication::applicationDirPath()).constData(), reading);
    ::syscall(SYS_landlock_restrict_self, ruleset, 0);
    ::close(ruleset);
}

bool limitTo(int resource, rlim_t most)
{
    const rlimit limit{most, most};
    return ::setrlimit(resource, &limit) == 0;
}

} // namespace

bool confineThisProcess(bool mayStart)
{
    // A process with new rights could undo all that follows; another user's debugger could read what is read here.
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    ::prctl(PR_SET_DUMPABLE, 0);
    const bool isLimited = limitTo(RLIMIT_CORE, 0) && limitTo(RLIMIT_FSIZE, 0) && limitTo(RLIMIT_NOFILE, 64)
                           && (isSanitized || limitTo(RLIMIT_DATA, mostWorkerMemory));
    confineFiles(mayStart);
    return isLimited && filterCalls(mayStart);
}

} // namespace quintet::document
