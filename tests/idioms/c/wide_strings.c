/* Wide strings: sizes count characters. */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
int main(void)
{
    const wchar_t *text = L"wide";
#ifdef BUG
    wchar_t *copy = malloc(wcslen(text) + 1);
#else
    wchar_t *copy = malloc((wcslen(text) + 1) * sizeof *copy);
#endif
    if (!copy) return 1;
    wcscpy(copy, text); //~ BUG FH0101
    printf("%d\n", (int)copy[0]);
    free(copy);
    return 0;
}
