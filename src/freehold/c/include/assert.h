#undef assert
#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
#define assert(expression) \
    ((expression) ? (void)0 : __assert_fail(#expression, __FILE__, __LINE__, __func__))
#endif
#if __STDC_VERSION__ < 202000L && !defined static_assert
#define static_assert _Static_assert
#endif
