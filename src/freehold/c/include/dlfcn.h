#ifndef _FH_DLFCN_H
#define _FH_DLFCN_H

#define RTLD_LAZY 1
#define RTLD_NOW 2
#define RTLD_GLOBAL 0x100
#define RTLD_LOCAL 0
#define RTLD_DEFAULT ((void *)0)
#define RTLD_NEXT ((void *)-1L)
extern void *dlopen(const char *__path, int __flags);
extern void *dlsym(void *__library, const char *__name);
extern int dlclose(void *__library);
extern char *dlerror(void);
#define LM_ID_NEWLM (-1)
#define LM_ID_BASE 0
#define RTLD_BINDING_MASK 3
#define RTLD_NOLOAD 4
#define RTLD_DEEPBIND 8
#define RTLD_NODELETE 0x1000

#endif
