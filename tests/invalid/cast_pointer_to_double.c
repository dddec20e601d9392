double f(int *p)
{
    return (double)p; //~ ERROR FH1203
}
