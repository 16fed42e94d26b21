/* Counts the calls that write, rename, sync, open for writing, link, remove or truncate under a
 * folder, and at the Nth kills the process or lets the call fail. Preloaded by scripts/faults.py.
 *
 * FAULT_UNDER  the folder
 * FAULT_AT     the number of the call, from 1; 0 only counts
 * FAULT_DO     kill, short, or the name of an error number
 * FAULT_STAYS  1: every later call fails as well, as on a full or broken disk
 * FAULT_COUNT  a file that gets the number of calls at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static long fault_at = -1;
static int code, does_kill, is_short, stays;
static char under[PATH_MAX];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void read_settings(void) {
  const char *text = getenv("FAULT_UNDER");
  strncpy(under, text ? text : "/nowhere", sizeof under - 1);
  const char *what = getenv("FAULT_DO");
  what = what ? what : "EIO";
  does_kill = !strcmp(what, "kill");
  is_short = !strcmp(what, "short");
  code = !strcmp(what, "ENOSPC") ? ENOSPC : !strcmp(what, "EDQUOT") ? EDQUOT
         : !strcmp(what, "EINTR") ? EINTR : !strcmp(what, "EACCES") ? EACCES : EIO;
  stays = getenv("FAULT_STAYS") != NULL;
  fault_at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
}

__attribute__((constructor)) static void start(void) { read_settings(); }

__attribute__((destructor)) static void finish(void) {
  const char *path = getenv("FAULT_COUNT");
  if (!path) return;
  int file = REAL(open)(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file >= 0) dprintf(file, "%ld\n", atomic_load(&calls));
}

static int inside(const char *path) {
  char whole[PATH_MAX];
  if (!path) return 0;
  if (path[0] != '/') {
    if (!getcwd(whole, sizeof whole)) return 0;
    size_t length = strlen(whole);
    snprintf(whole + length, sizeof whole - length, "/%s", path);
    path = whole;
  }
  return !strncmp(path, under, strlen(under));
}

static int inside_fd(int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  /* Pipes and sockets have names without a slash. */
  return path[0] == '/' && inside(path);
}

/* Whether this call fails. A short write is the caller's matter. */
static int fails(int matters) {
  if (!matters || fault_at < 0) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  if (fault_at == 0 || number < fault_at || (number > fault_at && !stays)) return 0;
  if (does_kill) kill(getpid(), SIGKILL);
  if (is_short) return 2;
  errno = code;
  return 1;
}

#define GUARD(matters) do { if (fails(matters) == 1) return -1; } while (0)

#define WRITE(name, arguments, ...)                                     \
  ssize_t name arguments {                                              \
    int fault = fails(inside_fd(file));                                 \
    if (fault == 1) return -1;                                          \
    if (fault == 2 && size > 1) size /= 2;                              \
    return REAL(name)(__VA_ARGS__);                                     \
  }
WRITE(write, (int file, const void *bytes, size_t size), file, bytes, size)
WRITE(pwrite, (int file, const void *bytes, size_t size, off_t at), file, bytes, size, at)
WRITE(pwrite64, (int file, const void *bytes, size_t size, off64_t at), file, bytes, size, at)

int fsync(int file) { GUARD(inside_fd(file)); return REAL(fsync)(file); }
int fdatasync(int file) { GUARD(inside_fd(file)); return REAL(fdatasync)(file); }
int ftruncate(int file, off_t size) { GUARD(inside_fd(file)); return REAL(ftruncate)(file, size); }
int ftruncate64(int file, off64_t size) {
  GUARD(inside_fd(file));
  return REAL(ftruncate64)(file, size);
}
int truncate(const char *path, off_t size) { GUARD(inside(path)); return REAL(truncate)(path, size); }
int rename(const char *from, const char *to) {
  GUARD(inside(to));
  return REAL(rename)(from, to);
}
int link(const char *from, const char *to) { GUARD(inside(to)); return REAL(link)(from, to); }
int unlink(const char *path) { GUARD(inside(path)); return REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { GUARD(inside(path)); return REAL(mkdir)(path, mode); }
int fchmod(int file, mode_t mode) { GUARD(inside_fd(file)); return REAL(fchmod)(file, mode); }

#define OPEN(name)                                                      \
  int name(const char *path, int flags, ...) {                          \
    va_list list;                                                       \
    va_start(list, flags);                                              \
    mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(list, mode_t) : 0; \
    va_end(list);                                                       \
    GUARD((flags & (O_WRONLY | O_RDWR)) && inside(path));               \
    return REAL(name)(path, flags, mode);                               \
  }
OPEN(open)
OPEN(open64)
