#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int close_on_exec(int descriptor) { return fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

int terminal_open(unsigned short rows, unsigned short columns, int echoes, int cooks,
                         char *path, size_t path_size, int *command_end) {
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0) return -1;
  const char *name = NULL;
  if (grantpt(master) != 0 || unlockpt(master) != 0 || (name = ptsname(master)) == NULL ||
      strlen(name) >= path_size) {
    close(master);
    return -1;
  }
  strcpy(path, name);
  // It stays open until the command has its own: a terminal that nobody has open is at its end.
  *command_end = open(path, O_RDWR | O_NOCTTY);
  struct termios settings;
  if (*command_end < 0 || tcgetattr(*command_end, &settings) != 0) {
    close(master);
    return -1;
  }
  if (!echoes) settings.c_lflag &= ~(tcflag_t)ECHO;
  if (!cooks) settings.c_oflag &= ~(tcflag_t)OPOST;
  tcsetattr(*command_end, TCSANOW, &settings);
  terminal_resize(master, rows, columns);
  close_on_exec(master);
  close_on_exec(*command_end);
  return master;
}

pid_t terminal_spawn(const char *path, int reads_terminal, char *const argv[],
                            char *const envp[]) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  // The first terminal that the leader of a new session opens is the session's.
  posix_spawn_file_actions_addopen(&actions, 1, path, O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  if (reads_terminal) posix_spawn_file_actions_adddup2(&actions, 1, 0);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  sigaddset(&signals, SIGQUIT);
  sigaddset(&signals, SIGPIPE);
  sigaddset(&signals, SIGCHLD);
  sigaddset(&signals, SIGWINCH);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  posix_spawnattr_setflags(&attributes, flags);
  pid_t pid = -1;
  int error = posix_spawnp(&pid, argv[0], &actions, &attributes, argv, envp);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error == 0) return pid;
  errno = error;
  return -1;
}

int terminal_size(int terminal, unsigned short *rows, unsigned short *columns) {
  struct winsize size;
  if (ioctl(terminal, TIOCGWINSZ, &size) != 0) return -1;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}

int terminal_resize(int terminal, unsigned short rows, unsigned short columns) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  return ioctl(terminal, TIOCSWINSZ, &size);
}

static struct termios saved;
static volatile sig_atomic_t raw_terminal = -1;

int terminal_raw(int terminal) {
  if (tcgetattr(terminal, &saved) != 0) return -1;
  struct termios raw = saved;
  cfmakeraw(&raw);
  if (tcsetattr(terminal, TCSADRAIN, &raw) != 0) return -1;
  raw_terminal = terminal;
  return 0;
}

void terminal_restore(void) {
  if (raw_terminal < 0) return;
  tcsetattr(raw_terminal, TCSADRAIN, &saved);
  raw_terminal = -1;
}

static volatile int signal_end = -1;

static void note_signal(int number) {
  int kept = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(signal_end, &byte, 1);
  (void)ignored;
  errno = kept;
}

int terminal_signals(void) {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; i++) {
    close_on_exec(ends[i]);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  signal_end = ends[1];
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCHLD};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    if (sigaction(numbers[i], &action, NULL) != 0) return -1;
  }
  return ends[0];
}
