#ifndef _FH_NETINET_TCP_H
#define _FH_NETINET_TCP_H

#define TCP_NODELAY 1

#endif
