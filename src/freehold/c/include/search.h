#ifndef _FH_SEARCH_H
#define _FH_SEARCH_H

typedef unsigned long size_t;
typedef struct entry { char *key; void *data; } ENTRY;
typedef enum { FIND, ENTER } ACTION;
typedef enum { preorder, postorder, endorder, leaf } VISIT;
struct hsearch_data;
typedef int (*__compar_fn_t)(const void *, const void *);
extern void *lfind(const void *__key, const void *__base, size_t *__n, size_t __size, int (*__compare)(const void *, const void *));
extern void *lsearch(const void *__key, void *__base, size_t *__n, size_t __size, int (*__compare)(const void *, const void *));
extern void *tsearch(const void *__key, void **__root, int (*__compare)(const void *, const void *));
extern void *tfind(const void *__key, void *const *__root, int (*__compare)(const void *, const void *));
extern void *tdelete(const void *__key, void **__root, int (*__compare)(const void *, const void *));
extern void twalk(const void *__root, void (*__action)(const void *, VISIT, int));
extern void tdestroy(void *__root, void (*__release)(void *));
extern int hcreate(size_t __n);
extern void hdestroy(void);
extern ENTRY *hsearch(ENTRY __item, ACTION __action);
extern void insque(void *__element, void *__before);
extern void remque(void *__element);

#endif
