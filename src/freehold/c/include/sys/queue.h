#ifndef _FH_SYS_QUEUE_H
#define _FH_SYS_QUEUE_H

/* Lists in macros, as BSD has them. `f` is the member that links an element of struct `t`. */

/* SLIST: singly linked. */
#define SLIST_HEAD(name, t) struct name { struct t *slh_first; }
#define SLIST_HEAD_INITIALIZER(h) { 0 }
#define SLIST_ENTRY(t) struct { struct t *sle_next; }
#define SLIST_FIRST(h) ((h)->slh_first)
#define SLIST_NEXT(e, f) ((e)->f.sle_next)
#define SLIST_EMPTY(h) (!SLIST_FIRST(h))
#define SLIST_INIT(h) ((void)(SLIST_FIRST(h) = 0))
#define SLIST_FOREACH(v, h, f) for ((v) = SLIST_FIRST(h); (v); (v) = SLIST_NEXT(v, f))
#define SLIST_INSERT_HEAD(h, e, f) \
    do { \
        SLIST_NEXT(e, f) = SLIST_FIRST(h); \
        SLIST_FIRST(h) = (e); \
    } while (0)
#define SLIST_INSERT_AFTER(at, e, f) \
    do { \
        SLIST_NEXT(e, f) = SLIST_NEXT(at, f); \
        SLIST_NEXT(at, f) = (e); \
    } while (0)
#define SLIST_REMOVE_HEAD(h, f) ((void)(SLIST_FIRST(h) = SLIST_NEXT(SLIST_FIRST(h), f)))
#define SLIST_REMOVE(h, e, t, f) \
    do { \
        struct t **__at = &SLIST_FIRST(h); \
        while (*__at != (e)) \
            __at = &SLIST_NEXT(*__at, f); \
        *__at = SLIST_NEXT(*__at, f); \
    } while (0)

/* LIST: doubly linked; an element knows the pointer that points to it. */
#define LIST_HEAD(name, t) struct name { struct t *lh_first; }
#define LIST_HEAD_INITIALIZER(h) { 0 }
#define LIST_ENTRY(t) struct { struct t *le_next; struct t **le_prev; }
#define LIST_FIRST(h) ((h)->lh_first)
#define LIST_NEXT(e, f) ((e)->f.le_next)
#define LIST_EMPTY(h) (!LIST_FIRST(h))
#define LIST_INIT(h) ((void)(LIST_FIRST(h) = 0))
#define LIST_FOREACH(v, h, f) for ((v) = LIST_FIRST(h); (v); (v) = LIST_NEXT(v, f))
#define LIST_INSERT_HEAD(h, e, f) \
    do { \
        if ((LIST_NEXT(e, f) = LIST_FIRST(h)) != 0) \
            LIST_FIRST(h)->f.le_prev = &LIST_NEXT(e, f); \
        LIST_FIRST(h) = (e); \
        (e)->f.le_prev = &LIST_FIRST(h); \
    } while (0)
#define LIST_INSERT_AFTER(at, e, f) \
    do { \
        if ((LIST_NEXT(e, f) = LIST_NEXT(at, f)) != 0) \
            LIST_NEXT(at, f)->f.le_prev = &LIST_NEXT(e, f); \
        LIST_NEXT(at, f) = (e); \
        (e)->f.le_prev = &LIST_NEXT(at, f); \
    } while (0)
#define LIST_INSERT_BEFORE(at, e, f) \
    do { \
        (e)->f.le_prev = (at)->f.le_prev; \
        LIST_NEXT(e, f) = (at); \
        *(at)->f.le_prev = (e); \
        (at)->f.le_prev = &LIST_NEXT(e, f); \
    } while (0)
#define LIST_REMOVE(e, f) \
    do { \
        if (LIST_NEXT(e, f)) \
            LIST_NEXT(e, f)->f.le_prev = (e)->f.le_prev; \
        *(e)->f.le_prev = LIST_NEXT(e, f); \
    } while (0)

/* STAILQ (and SIMPLEQ): singly linked, with its end. */
#define STAILQ_HEAD(name, t) struct name { struct t *stqh_first; struct t **stqh_last; }
#define STAILQ_HEAD_INITIALIZER(h) { 0, &(h).stqh_first }
#define STAILQ_ENTRY(t) struct { struct t *stqe_next; }
#define STAILQ_FIRST(h) ((h)->stqh_first)
#define STAILQ_NEXT(e, f) ((e)->f.stqe_next)
#define STAILQ_EMPTY(h) (!STAILQ_FIRST(h))
#define STAILQ_INIT(h) \
    do { \
        STAILQ_FIRST(h) = 0; \
        (h)->stqh_last = &STAILQ_FIRST(h); \
    } while (0)
#define STAILQ_FOREACH(v, h, f) for ((v) = STAILQ_FIRST(h); (v); (v) = STAILQ_NEXT(v, f))
#define STAILQ_INSERT_HEAD(h, e, f) \
    do { \
        if (!(STAILQ_NEXT(e, f) = STAILQ_FIRST(h))) \
            (h)->stqh_last = &STAILQ_NEXT(e, f); \
        STAILQ_FIRST(h) = (e); \
    } while (0)
#define STAILQ_INSERT_TAIL(h, e, f) \
    do { \
        STAILQ_NEXT(e, f) = 0; \
        *(h)->stqh_last = (e); \
        (h)->stqh_last = &STAILQ_NEXT(e, f); \
    } while (0)
#define STAILQ_INSERT_AFTER(h, at, e, f) \
    do { \
        if (!(STAILQ_NEXT(e, f) = STAILQ_NEXT(at, f))) \
            (h)->stqh_last = &STAILQ_NEXT(e, f); \
        STAILQ_NEXT(at, f) = (e); \
    } while (0)
#define STAILQ_REMOVE_HEAD(h, f) \
    do { \
        if (!(STAILQ_FIRST(h) = STAILQ_NEXT(STAILQ_FIRST(h), f))) \
            (h)->stqh_last = &STAILQ_FIRST(h); \
    } while (0)
#define STAILQ_REMOVE(h, e, t, f) \
    do { \
        struct t **__at = &STAILQ_FIRST(h); \
        while (*__at != (e)) \
            __at = &STAILQ_NEXT(*__at, f); \
        if (!(*__at = STAILQ_NEXT(*__at, f))) \
            (h)->stqh_last = __at; \
    } while (0)
#define STAILQ_CONCAT(a, b) \
    do { \
        if (!STAILQ_EMPTY(b)) { \
            *(a)->stqh_last = STAILQ_FIRST(b); \
            (a)->stqh_last = (b)->stqh_last; \
            STAILQ_INIT(b); \
        } \
    } while (0)

#define SIMPLEQ_HEAD(name, t) struct name { struct t *sqh_first; struct t **sqh_last; }
#define SIMPLEQ_HEAD_INITIALIZER(h) { 0, &(h).sqh_first }
#define SIMPLEQ_ENTRY(t) struct { struct t *sqe_next; }
#define SIMPLEQ_FIRST(h) ((h)->sqh_first)
#define SIMPLEQ_NEXT(e, f) ((e)->f.sqe_next)
#define SIMPLEQ_EMPTY(h) (!SIMPLEQ_FIRST(h))
#define SIMPLEQ_INIT(h) \
    do { \
        SIMPLEQ_FIRST(h) = 0; \
        (h)->sqh_last = &SIMPLEQ_FIRST(h); \
    } while (0)
#define SIMPLEQ_FOREACH(v, h, f) for ((v) = SIMPLEQ_FIRST(h); (v); (v) = SIMPLEQ_NEXT(v, f))
#define SIMPLEQ_INSERT_HEAD(h, e, f) \
    do { \
        if (!(SIMPLEQ_NEXT(e, f) = SIMPLEQ_FIRST(h))) \
            (h)->sqh_last = &SIMPLEQ_NEXT(e, f); \
        SIMPLEQ_FIRST(h) = (e); \
    } while (0)
#define SIMPLEQ_INSERT_TAIL(h, e, f) \
    do { \
        SIMPLEQ_NEXT(e, f) = 0; \
        *(h)->sqh_last = (e); \
        (h)->sqh_last = &SIMPLEQ_NEXT(e, f); \
    } while (0)
#define SIMPLEQ_INSERT_AFTER(h, at, e, f) \
    do { \
        if (!(SIMPLEQ_NEXT(e, f) = SIMPLEQ_NEXT(at, f))) \
            (h)->sqh_last = &SIMPLEQ_NEXT(e, f); \
        SIMPLEQ_NEXT(at, f) = (e); \
    } while (0)
#define SIMPLEQ_REMOVE_HEAD(h, f) \
    do { \
        if (!(SIMPLEQ_FIRST(h) = SIMPLEQ_NEXT(SIMPLEQ_FIRST(h), f))) \
            (h)->sqh_last = &SIMPLEQ_FIRST(h); \
    } while (0)

/* TAILQ: doubly linked, with its end. */
#define TAILQ_HEAD(name, t) struct name { struct t *tqh_first; struct t **tqh_last; }
#define TAILQ_HEAD_INITIALIZER(h) { 0, &(h).tqh_first }
#define TAILQ_ENTRY(t) struct { struct t *tqe_next; struct t **tqe_prev; }
#define TAILQ_FIRST(h) ((h)->tqh_first)
#define TAILQ_NEXT(e, f) ((e)->f.tqe_next)
#define TAILQ_END(h) 0
#define TAILQ_EMPTY(h) (!TAILQ_FIRST(h))
#define TAILQ_LAST(h, name) (*((struct name *)((h)->tqh_last))->tqh_last)
#define TAILQ_PREV(e, name, f) (*((struct name *)((e)->f.tqe_prev))->tqh_last)
#define TAILQ_INIT(h) \
    do { \
        TAILQ_FIRST(h) = 0; \
        (h)->tqh_last = &TAILQ_FIRST(h); \
    } while (0)
#define TAILQ_FOREACH(v, h, f) for ((v) = TAILQ_FIRST(h); (v); (v) = TAILQ_NEXT(v, f))
#define TAILQ_FOREACH_REVERSE(v, h, name, f) \
    for ((v) = TAILQ_LAST(h, name); (v); (v) = TAILQ_PREV(v, name, f))
#define TAILQ_INSERT_HEAD(h, e, f) \
    do { \
        if ((TAILQ_NEXT(e, f) = TAILQ_FIRST(h)) != 0) \
            TAILQ_FIRST(h)->f.tqe_prev = &TAILQ_NEXT(e, f); \
        else \
            (h)->tqh_last = &TAILQ_NEXT(e, f); \
        TAILQ_FIRST(h) = (e); \
        (e)->f.tqe_prev = &TAILQ_FIRST(h); \
    } while (0)
#define TAILQ_INSERT_TAIL(h, e, f) \
    do { \
        TAILQ_NEXT(e, f) = 0; \
        (e)->f.tqe_prev = (h)->tqh_last; \
        *(h)->tqh_last = (e); \
        (h)->tqh_last = &TAILQ_NEXT(e, f); \
    } while (0)
#define TAILQ_INSERT_AFTER(h, at, e, f) \
    do { \
        if ((TAILQ_NEXT(e, f) = TAILQ_NEXT(at, f)) != 0) \
            TAILQ_NEXT(e, f)->f.tqe_prev = &TAILQ_NEXT(e, f); \
        else \
            (h)->tqh_last = &TAILQ_NEXT(e, f); \
        TAILQ_NEXT(at, f) = (e); \
        (e)->f.tqe_prev = &TAILQ_NEXT(at, f); \
    } while (0)
#define TAILQ_INSERT_BEFORE(at, e, f) \
    do { \
        (e)->f.tqe_prev = (at)->f.tqe_prev; \
        TAILQ_NEXT(e, f) = (at); \
        *(at)->f.tqe_prev = (e); \
        (at)->f.tqe_prev = &TAILQ_NEXT(e, f); \
    } while (0)
#define TAILQ_REMOVE(h, e, f) \
    do { \
        if (TAILQ_NEXT(e, f)) \
            TAILQ_NEXT(e, f)->f.tqe_prev = (e)->f.tqe_prev; \
        else \
            (h)->tqh_last = (e)->f.tqe_prev; \
        *(e)->f.tqe_prev = TAILQ_NEXT(e, f); \
    } while (0)
#define TAILQ_CONCAT(a, b, f) \
    do { \
        if (!TAILQ_EMPTY(b)) { \
            *(a)->tqh_last = TAILQ_FIRST(b); \
            TAILQ_FIRST(b)->f.tqe_prev = (a)->tqh_last; \
            (a)->tqh_last = (b)->tqh_last; \
            TAILQ_INIT(b); \
        } \
    } while (0)

#endif
