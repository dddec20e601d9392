int g(void);
unsigned long f(void)
{
    return sizeof g; //~ ERROR FH1204
}
