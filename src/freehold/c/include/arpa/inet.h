#ifndef _FH_ARPA_INET_H
#define _FH_ARPA_INET_H

#include <netinet/in.h>
extern in_addr_t inet_addr(const char *__s);
extern int inet_aton(const char *__s, struct in_addr *__to);
extern char *inet_ntoa(struct in_addr __address);
extern const char *inet_ntop(int __family, const void *__from, char *__to, socklen_t __n);
extern int inet_pton(int __family, const char *__s, void *__to);
extern uint32_t htonl(uint32_t __n);
extern uint16_t htons(uint16_t __n);
extern uint32_t ntohl(uint32_t __n);
extern uint16_t ntohs(uint16_t __n);

#endif
