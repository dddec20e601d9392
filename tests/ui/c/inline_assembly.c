int main(void)
{
    unsigned a = 0, b, c, d;
    __asm__("cpuid" : "+a"(a), "=b"(b), "=c"(c), "=d"(d)); //~ ERROR FH1901
    return 0;
}
