/* Lets calls to the file system fail in any program; a library for LD_PRELOAD.

   FAIL_BELOW  what counts: calls about files at or below these folders, with ':' between them
   FAIL_COUNT  a file of all calls that counted, 16 bytes with the name of each
   FAIL_SKIPS  the names of calls that do not count; "look" is to open for reading
   FAIL_AT     the number of the call that fails
   FAIL_HOW    a number of errno; or 0, and the process that makes the call is killed */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_below(const char *path) {
    const char *folders = getenv("FAIL_BELOW");
    while (folders && *folders) {
        size_t length = strcspn(folders, ":");
        if (!strncmp(path, folders, length) && (path[length] == '/' || !path[length])) return 1;
        folders += length + (folders[length] == ':');
    }
    return 0;
}

static int link_of(int handle, char *place, size_t size) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", handle);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, name, place, size - 1);
    if (length < 0) return 0;
    place[length] = 0;
    return 1;
}

/* Whether this call is to fail; `path` may be NULL for the file of a handle. */
static int fails(const char *call, int handle, const char *path) {
    char place[8192], folder[4096], word[24];
    int before = errno;
    const char *skips = getenv("FAIL_SKIPS");
    snprintf(word, sizeof word, " %s ", call);
    if (skips && strstr(skips, word)) return 0;
    if (path && *path == '/') snprintf(place, sizeof place, "%s", path);
    else if (!path) { if (!link_of(handle, place, sizeof place)) { errno = before; return 0; } }
    else {
        if (handle == AT_FDCWD ? !getcwd(folder, sizeof folder) : !link_of(handle, folder, sizeof folder)) {
            errno = before;
            return 0;
        }
        snprintf(place, sizeof place, "%s/%s", folder, path);
    }
    if (!is_below(place)) { errno = before; return 0; }
    int count = syscall(SYS_openat, AT_FDCWD, getenv("FAIL_COUNT"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (count < 0) abort();
    char row[16] = "";
    strncpy(row, call, sizeof row);
    if (syscall(SYS_write, count, row, sizeof row) != sizeof row) abort();
    long number = syscall(SYS_lseek, count, 0, SEEK_CUR) / sizeof row;
    syscall(SYS_close, count);
    const char *at = getenv("FAIL_AT"), *how = getenv("FAIL_HOW");
    errno = before;
    if (!at || !how || number != atol(at)) return 0;
    if (!atoi(how)) syscall(SYS_kill, getpid(), SIGKILL);
    errno = atoi(how);
    return 1;
}

#define WRAP(type, name, declared, given, handle, path, failed)                      \
    type name declared {                                                             \
        static type(*real) declared;                                                 \
        if (!real) real = (type(*) declared)dlsym(RTLD_NEXT, #name);                 \
        if (fails(#name, handle, path)) return failed;                               \
        return real given;                                                           \
    }

#define WRAP_OPEN(name, declared, given, handle)                                     \
    int name declared {                                                              \
        static int(*real) declared;                                                  \
        mode_t mode = 0;                                                             \
        if (!real) real = (int(*) declared)dlsym(RTLD_NEXT, #name);                  \
        if (flags & (O_CREAT | __O_TMPFILE)) {                                       \
            va_list more;                                                            \
            va_start(more, flags);                                                   \
            mode = va_arg(more, mode_t);                                             \
            va_end(more);                                                            \
        }                                                                            \
        if (fails((flags & O_ACCMODE) == O_RDONLY ? "look" : #name, handle, path)) return -1; \
        return real given;                                                           \
    }

WRAP_OPEN(open, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
WRAP_OPEN(open64, (const char *path, int flags, ...), (path, flags, mode), AT_FDCWD)
WRAP_OPEN(openat, (int at, const char *path, int flags, ...), (at, path, flags, mode), at)
WRAP_OPEN(openat64, (int at, const char *path, int flags, ...), (at, path, flags, mode), at)
WRAP(int, mkstemp, (char *path), (path), AT_FDCWD, path, -1)
WRAP(int, mkstemp64, (char *path), (path), AT_FDCWD, path, -1)
WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, -1)
WRAP(int, rmdir, (const char *path), (path), AT_FDCWD, path, -1)
WRAP(int, unlink, (const char *path), (path), AT_FDCWD, path, -1)
WRAP(int, unlinkat, (int at, const char *path, int flags), (at, path, flags), at, path, -1)
WRAP(int, rename, (const char *path, const char *to), (path, to), AT_FDCWD, to, -1)
WRAP(int, link, (const char *path, const char *to), (path, to), AT_FDCWD, to, -1)
WRAP(int, symlink, (const char *path, const char *to), (path, to), AT_FDCWD, to, -1)
WRAP(int, mkdirat, (int at, const char *path, mode_t mode), (at, path, mode), at, path, -1)
WRAP(int, renameat, (int from, const char *path, int at, const char *to), (from, path, at, to), at, to, -1)
WRAP(int, linkat, (int from, const char *path, int at, const char *to, int flags), (from, path, at, to, flags), at, to, -1)
WRAP(int, symlinkat, (const char *path, int at, const char *to), (path, at, to), at, to, -1)
WRAP(int, fchmodat, (int at, const char *path, mode_t mode, int flags), (at, path, mode, flags), at, path, -1)
WRAP(int, chmod, (const char *path, mode_t mode), (path, mode), AT_FDCWD, path, -1)
WRAP(int, fchmod, (int handle, mode_t mode), (handle, mode), handle, NULL, -1)
WRAP(int, utimensat, (int at, const char *path, const struct timespec times[2], int flags), (at, path, times, flags), at, path, -1)
WRAP(ssize_t, write, (int handle, const void *data, size_t size), (handle, data, size), handle, NULL, -1)
WRAP(ssize_t, read, (int handle, void *data, size_t size), (handle, data, size), handle, NULL, -1)
WRAP(int, fsync, (int handle), (handle), handle, NULL, -1)
WRAP(int, ftruncate64, (int handle, off64_t size), (handle, size), handle, NULL, -1)
WRAP(DIR *, opendir, (const char *path), (path), AT_FDCWD, path, NULL)
WRAP(int, stat64, (const char *restrict path, struct stat64 *restrict found), (path, found), AT_FDCWD, path, -1)
WRAP(int, lstat64, (const char *restrict path, struct stat64 *restrict found), (path, found), AT_FDCWD, path, -1)

int close(int handle) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "close");
    int failed = fails("close", handle, NULL), error = errno;
    int done = real(handle);
    if (failed) errno = error;
    return failed ? -1 : done;
}
