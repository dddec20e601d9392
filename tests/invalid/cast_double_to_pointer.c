int *f(double d)
{
    return (int *)d; //~ ERROR FH1203
}
