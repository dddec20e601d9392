int f(int *a)
{
    return a[where]; //~ ERROR FH1201
}
