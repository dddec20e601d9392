unsigned long f(void)
{
    return sizeof(void); //~ ERROR FH1204
}
