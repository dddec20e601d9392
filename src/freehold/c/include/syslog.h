#ifndef _FH_SYSLOG_H
#define _FH_SYSLOG_H

typedef __builtin_va_list va_list;
#define LOG_EMERG 0
#define LOG_ALERT 1
#define LOG_CRIT 2
#define LOG_ERR 3
#define LOG_WARNING 4
#define LOG_NOTICE 5
#define LOG_INFO 6
#define LOG_DEBUG 7
#define LOG_PID 1
#define LOG_CONS 2
#define LOG_NDELAY 8
#define LOG_USER 8
#define LOG_DAEMON 24
extern void syslog(int __priority, const char *__format, ...);
extern void openlog(const char *__name, int __option, int __facility);
extern void closelog(void);
extern int setlogmask(int __mask);

#endif
