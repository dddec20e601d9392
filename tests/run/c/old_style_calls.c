int strlen(char *);
int printf();
char *malloc();
void *memset();
void free();
int sum(a, b) long a; int b; { return a + b; }
int main(void)
{
    char *p = malloc(10);
    memset(p, 'a', 9);
    p[9] = 0;
    printf("%d %d\n", strlen(p), sum(3L, 4));
    free(p);
    return 0;
}
