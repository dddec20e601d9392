int f(int *a)
{
    return a == 5; //~ ERROR FH1303
}
