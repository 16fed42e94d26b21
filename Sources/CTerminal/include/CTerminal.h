#pragma once
#include <sys/types.h>

// What a program needs to stand between a person's terminal and a command's: the parts of the
// system that Swift cannot call on every platform (variadic ioctl, macros, signal handlers). Every
// function returns 0, a descriptor or a process id, or -1 with errno set.

/// Opens a terminal pair and gives the path of the command's end. Keys are not echoed unless
/// `echoes`; output is passed unchanged unless `cooks` (line feeds become CR LF).
int terminal_open(unsigned short rows, unsigned short columns, int echoes, int cooks,
                         char *path, size_t path_size, int *command_end);

/// Starts a command in a session of its own whose terminal is at `path`; it keeps this process's
/// standard input unless `reads_terminal`. `argv` and `envp` end with NULL.
pid_t terminal_spawn(const char *path, int reads_terminal, char *const argv[],
                            char *const envp[]);

/// The size of a terminal.
int terminal_size(int terminal, unsigned short *rows, unsigned short *columns);
/// Gives a terminal a size; the command in it is told.
int terminal_resize(int terminal, unsigned short rows, unsigned short columns);

/// Makes a terminal pass every key at once and unchanged, until `terminal_restore`.
int terminal_raw(int terminal);
/// Gives the terminal back as it was before `terminal_raw`.
void terminal_restore(void);

/// From now on the numbers of SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH and SIGCHLD come as bytes
/// out of the descriptor that is returned.
int terminal_signals(void);
