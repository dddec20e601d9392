struct s;
unsigned long f(void)
{
    return _Alignof(struct s); //~ ERROR FH1206
}
