int f(int *p)
{
    return ((int[2])p)[0]; //~ ERROR FH1203
}
