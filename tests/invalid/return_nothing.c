int f(void)
{
    return; //~ ERROR FH1203
}
