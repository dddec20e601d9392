double g(double);
double f(int *p)
{
    return g(p); //~ ERROR FH1203
}
