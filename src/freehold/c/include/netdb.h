#ifndef _FH_NETDB_H
#define _FH_NETDB_H

#include <netinet/in.h>
struct hostent { char *h_name; char **h_aliases; int h_addrtype, h_length; char **h_addr_list; };
#define h_addr h_addr_list[0]
struct addrinfo { int ai_flags, ai_family, ai_socktype, ai_protocol; socklen_t ai_addrlen; struct sockaddr *ai_addr; char *ai_canonname; struct addrinfo *ai_next; };
#define AI_PASSIVE 1
#define AI_CANONNAME 2
#define AI_NUMERICHOST 4
#define NI_MAXHOST 1025
#define NI_MAXSERV 32
extern struct hostent *gethostbyname(const char *__name);
extern int getaddrinfo(const char *__node, const char *__service, const struct addrinfo *__hints, struct addrinfo **__to);
extern void freeaddrinfo(struct addrinfo *__from);
extern const char *gai_strerror(int __code);

#endif
