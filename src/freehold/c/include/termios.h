#ifndef _FH_TERMIOS_H
#define _FH_TERMIOS_H

typedef unsigned char cc_t;
typedef unsigned int speed_t;
typedef unsigned int tcflag_t;
#define NCCS 32
struct termios { tcflag_t c_iflag, c_oflag, c_cflag, c_lflag; cc_t c_line; cc_t c_cc[NCCS]; speed_t c_ispeed, c_ospeed; };
#define ICANON 2
#define ECHO 8
#define ISIG 1
#define TCSANOW 0
#define TCSADRAIN 1
#define TCSAFLUSH 2
#define VMIN 6
#define VTIME 5
extern int tcgetattr(int __fd, struct termios *__to);
extern int tcsetattr(int __fd, int __actions, const struct termios *__from);
extern int tcsendbreak(int __fd, int __duration);
extern int tcdrain(int __fd);
extern int tcflush(int __fd, int __queue);
extern int tcflow(int __fd, int __action);
extern void cfmakeraw(struct termios *__to);
extern unsigned int cfgetospeed(const struct termios *__from);
extern unsigned int cfgetispeed(const struct termios *__from);
extern int cfsetospeed(struct termios *__to, unsigned int __speed);
extern int cfsetispeed(struct termios *__to, unsigned int __speed);

#endif
