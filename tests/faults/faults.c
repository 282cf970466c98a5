/* Stands before what a program asks of files, and ends it, or fails it, at a call of a given number.
 *
 * Calls are counted that change a file or a folder, or wait for a disk: write, writev, fsync, fdatasync, rename, unlink, ftruncate,
 * mkdir, and open where it makes a file. Writes count where they go to a regular file.
 *
 * FAULT_AT     the number of the call, from 1
 * FAULT        kill: the process is killed before the call; tear: a write is half done, another call done, then it is killed;
 *              full: writes fail from there on, as on a full disk; sync: the call fails if it waits for a disk
 * FAULT_COUNT  a file that gets the number of calls at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NONE, KILL, TEAR, FULL, SYNC };

static long calls, at;
static int fault;

__attribute__((constructor)) static void begin(void) {
    const char *number = getenv("FAULT_AT"), *name = getenv("FAULT");
    at = number ? atol(number) : 0;
    if (name) {
        fault = !strcmp(name, "kill") ? KILL : !strcmp(name, "tear") ? TEAR : !strcmp(name, "full") ? FULL : SYNC;
    }
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld", calls);
        fclose(file);
    }
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static int is_file(int fd) {
    struct stat found;
    return fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
}

/* Counts a call; says whether it is the one. */
static int is_now(void) {
    long number = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (fault == FULL && at && number >= at) return 1;
    if (number != at) return 0;
    if (fault == KILL) die();
    return 1;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *bytes, size_t count) {
    REAL(write);
    if (is_file(fd) && is_now()) {
        if (fault == TEAR) {
            real(fd, bytes, count / 2);
            die();
        }
        if (fault == FULL) {
            errno = ENOSPC;
            return -1;
        }
    }
    return real(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(writev);
    if (is_file(fd) && is_now()) {
        if (fault == TEAR) {
            real(fd, parts, 1);
            die();
        }
        if (fault == FULL) {
            errno = ENOSPC;
            return -1;
        }
    }
    return real(fd, parts, count);
}

#define WAITS(name)                        \
    int name(int fd) {                     \
        REAL(name);                        \
        if (is_now()) {                    \
            if (fault == TEAR) die();      \
            if (fault == SYNC) {           \
                errno = EIO;               \
                return -1;                 \
            }                              \
        }                                  \
        return real(fd);                   \
    }
WAITS(fsync)
WAITS(fdatasync)

#define CHANGES(name, types, names)        \
    int name types {                       \
        REAL(name);                        \
        if (is_now() && fault == TEAR) {   \
            real names;                    \
            die();                         \
        }                                  \
        return real names;                 \
    }
CHANGES(rename, (const char *from, const char *to), (from, to))
CHANGES(unlink, (const char *path), (path))
CHANGES(mkdir, (const char *path, mode_t mode), (path, mode))
CHANGES(ftruncate, (int fd, off_t length), (fd, length))
CHANGES(ftruncate64, (int fd, off64_t length), (fd, length))

#define OPENS(name)                                        \
    int name(const char *path, int flags, ...) {           \
        REAL(name);                                        \
        mode_t mode = 0;                                   \
        if (flags & (O_CREAT | __O_TMPFILE)) {             \
            va_list rest;                                  \
            va_start(rest, flags);                         \
            mode = va_arg(rest, mode_t);                   \
            va_end(rest);                                  \
        }                                                  \
        int now = (flags & O_CREAT) && is_now();           \
        int made = real(path, flags, mode);                \
        if (now && fault == TEAR) die();                   \
        return made;                                       \
    }
OPENS(open)
OPENS(open64)
