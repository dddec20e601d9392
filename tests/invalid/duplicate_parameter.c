int f(int a, int a) //~ ERROR FH1202
{
    return a;
}
